export const nativeName = 'native';

const vendorNames = [
  'shelly',
  'shelly-gen1',
  'tasmota',
  'zigbee2mqtt',
  'chirpstack',
  'tts',
  'openwrt',
  'unifi2mqtt',
  'mikrotik',
  'meraki',
  'homie',
  'sparkplug',
  'senml',
  'senml-cbor',
  'homie5',
  'homeassistant',
  'meraki-mt',
  'chirpstack-hook',
  'tts-hook',
  'unifi',
  'meraki-scanning-2',
  'meraki-scanning-3',
  'ngsi',
] as const;
export type VendorName = (typeof vendorNames)[number];

/** What `--dialect` takes. */
export const dialectNames: readonly string[] = [nativeName, ...vendorNames];
