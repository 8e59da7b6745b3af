import { refused } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';

/** Topics with the hardware address of a client in them: understood, and not wanted. */
export const presence: Definition = {
  name: 'meraki/mr',
  title: 'Meraki MR access point: single devices that it hears',
  source: 'Cisco Meraki: MR MQTT Data Streaming',
  topics: ['meraki/v1/mr/{path...}', 'Meraki/v1/mr/{path...}'],
  format: 'bytes',
  read: () => refused('personal_data', 'presence of one device; the Scanning API tells how many there are'),
};
