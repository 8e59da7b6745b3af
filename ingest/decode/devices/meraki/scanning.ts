import { type Decoded, nothing, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import { meanDbm } from '../wifi/tally.ts';
import { type Hearings, hearingsOfVersion2, hearingsOfVersion3 } from './hearings.ts';

/** How many devices each access point heard, and how well. */
const count = ({ hearings, accessPoints, time }: Hearings): Decoded => {
  const signals = new Map<string, (number | undefined)[]>(accessPoints.map((each) => [each, []]));
  for (const { accessPoint, signalDbm } of hearings) {
    const known = signals.get(accessPoint) ?? [];
    known.push(signalDbm);
    signals.set(accessPoint, known);
  }
  const gatherer = new Gatherer();
  for (const [device, heard] of signals) {
    const speaker = { device, time };
    const known = heard.filter((signal) => signal !== undefined);
    gatherer.add(speaker, 'access_point', 'devices_heard', heard.length);
    if (known.length === 0) continue;
    const sumDbm = known.reduce((sum, signal) => sum + signal, 0);
    gatherer.add(speaker, 'access_point', 'devices_heard_signal_dbm', meanDbm(sumDbm, known.length));
  }
  return gatherer.decoded();
};

/** Posts of the Scanning API; each names devices of people, of whom only the number and the signal are looked at. */
export const scanning: Definition = {
  name: 'meraki/scanning',
  title: 'Meraki access points: devices heard (Scanning API)',
  source: 'Cisco Meraki: Scanning API, versions 2 and 3',
  topics: ['hooks/meraki', 'hooks/meraki/{path...}'],
  format: 'json',
  read: ({ payload }) => {
    if (!isRecord(payload) || !isRecord(payload.data))
      return rejected('not_understood', 'data: not there; this is no post of the Scanning API');
    const { type, data } = payload;
    // Bluetooth beacons are things and telephones alike: no figure of Wi-Fi.
    if (typeof type === 'string' && /^(?:bluetooth|ble)/i.test(type)) return nothing;
    if (!Array.isArray(data.observations))
      return rejected('missing_field', 'data.observations: not there; this is no post of the Scanning API');
    const hearings = 'apMac' in data ? hearingsOfVersion2(data) : hearingsOfVersion3(data);
    if (hearings === undefined)
      return rejected('wrong_type', 'data.apMac: not the address of an access point');
    return count(hearings);
  },
};
