import type { Band } from '../../../../model/access-point.ts';
import { type Rule, rule } from '../../rule.ts';
import { bandOfName } from './band.ts';

const band = '(?:2\\.?4|[256])[ _-]?g(?:hz)?';
/** `wifi-clients`, `wlan/5GHz/stations`, `wireless_clients_2.4g`: a name that can mean nothing else. */
export const clientsName = `(?:wi-?fi|wlan|wireless)(?:[-_/]${band})?[-_/](?:clients|stations)(?:[-_/]count)?(?:[-_/]${band})?`;

const text = { text: true } as const;
const ofRadio = (of: Band): Rule => rule('clients', 'clients', 'radio', 'clients', { band: of }, text);
const rules = { '2.4': ofRadio('2.4'), '5': ofRadio('5'), '6': ofRadio('6') } as const;
const ofAccessPoint = rule('clients', 'clients', 'access_point', 'clients', {}, text);

/** Where a count of clients goes: to the radio whose band its name says, else to the access point. */
export const clientsRuleOf = (name: string): Rule => {
  const found = bandOfName(name);
  return found === undefined ? ofAccessPoint : rules[found];
};
