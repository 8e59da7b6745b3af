import type { Site } from '../../model/site.ts';
import { silenceOfEach } from '../queries/alert.ts';
import type { AlertRule } from './rule.ts';

/** Devices that everybody but the Wi-Fi needs: the longest silence that the site file allows, then they are missing. */
export const deviceSilent = ({ access_points: accessPoints, max_silence_s: silence }: Site): AlertRule => ({
  slug: 'device-silent',
  title: { it: 'Dispositivo muto', en: 'Device silent' },
  summary: {
    it: '[[device]] (zona [[zone]]) tace da [[value]] s: verificarne alimentazione, batteria e radio.',
    en: '[[device]] (zone [[zone]]) has been silent for [[value]] s: check its power, battery and radio.',
  },
  team: 'facilities',
  severity: 'warning',
  query: silenceOfEach(),
  bindings: { device: { not: accessPoints.map(({ id }) => id) } },
  looksBackS: 300,
  fires: {
    when: 'above',
    limit: Math.max(silence.seat, silence.counter, silence.probe, silence.meter, silence.weather),
  },
  holds: '5m',
  noData: 'OK',
  panel: { board: 'devices', key: 'last-seen-of-chosen' },
});

export const accessPointDown = ({
  access_points: accessPoints,
  max_silence_s: silence,
}: Site): AlertRule => ({
  slug: 'access-point-down',
  title: { it: 'Access point spento o isolato', en: 'Access point down' },
  summary: {
    it: '[[device]] (zona [[zone]]) tace da [[value]] s: verificare alimentazione PoE e porta dello switch.',
    en: '[[device]] (zone [[zone]]) has been silent for [[value]] s: check its PoE supply and switch port.',
  },
  team: 'it',
  severity: 'critical',
  query: silenceOfEach(),
  bindings: { device: accessPoints.map(({ id }) => id) },
  looksBackS: 300,
  fires: { when: 'above', limit: silence['access-point'] },
  holds: '2m',
  noData: 'OK',
  panel: { board: 'wifi-quality', key: 'access-point-reports' },
});
