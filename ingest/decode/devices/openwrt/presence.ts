import { refused } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';

/** Topics with the hardware address of a client in them: understood, and not wanted. */
export const presence: Definition = {
  name: 'openwrt/owrtwifi',
  title: 'OpenWrt access point: presence of single clients (owrtwifi2mqtt)',
  source: 'owrtwifi2mqtt: README',
  topics: ['owrtwifi/{path...}', '{prefix...}/status/mac-{client}/{path...}'],
  format: 'bytes',
  read: () =>
    refused('personal_data', 'presence of one client; Aperto counts clients and knows none of them'),
};
