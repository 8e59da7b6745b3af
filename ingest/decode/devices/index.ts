import type { Definition } from '../definition.ts';
import { ngsi, ngsiElsewhere } from './fiware/ngsi.ts';
import { homeAssistant, homeAssistantStates } from './homeassistant/homeassistant.ts';
import { homie, homieElsewhere } from './homie/homie.ts';
import { chirpstack } from './lorawan/chirpstack.ts';
import { thingsStack } from './lorawan/things-stack.ts';
import { camera } from './meraki/camera.ts';
import { presence as merakiPresence } from './meraki/presence.ts';
import { scanning } from './meraki/scanning.ts';
import { sensor } from './meraki/sensor.ts';
import { mikrotikResource, mikrotikScalar } from './mikrotik/mikrotik.ts';
import { collectd } from './openwrt/collectd.ts';
import { presence as openwrtPresence } from './openwrt/presence.ts';
import { ubus } from './openwrt/ubus.ts';
import { senml } from './senml/senml.ts';
import { sensorThings } from './sensorthings/sensorthings.ts';
import { shellyGen1Scalars } from './shelly/gen1.ts';
import { shellyGen1Objects } from './shelly/gen1-info.ts';
import { shellyGen2 } from './shelly/gen2.ts';
import { sparkplug } from './sparkplug/sparkplug.ts';
import { tasmota } from './tasmota/tasmota.ts';
import { unifiController, unifiElsewhere } from './unifi/controller.ts';
import { unifi2mqtt } from './unifi/unifi2mqtt.ts';
import { wifiScalar } from './wifi/scalar.ts';
import { zigbee2mqtt, zigbee2mqttElsewhere } from './zigbee2mqtt/zigbee2mqtt.ts';

/**
 * Every device that Aperto understands beside its own format, in the order in which they are asked: what a topic
 * says for sure comes before what only the payload can tell.
 */
export const devices: readonly Definition[] = [
  chirpstack,
  thingsStack,
  sparkplug,
  ngsi,
  ...sensorThings,
  openwrtPresence,
  collectd,
  merakiPresence,
  camera,
  sensor,
  scanning,
  mikrotikScalar,
  unifiController,
  ...unifi2mqtt,
  ...shellyGen2,
  ...shellyGen1Objects,
  ...shellyGen1Scalars,
  ...tasmota,
  ...zigbee2mqtt,
  ...homeAssistant,
  ...homie,
  // Catch-alls: only after everything else.
  ...ubus,
  unifiElsewhere,
  mikrotikResource,
  ...zigbee2mqttElsewhere,
  ...homieElsewhere,
  ...senml,
  ...homeAssistantStates,
  ngsiElsewhere,
  wifiScalar,
];
