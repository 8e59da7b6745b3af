import { wifiLevels } from '../model/rollup/wifi.ts';
import { type Evidence, knownOf, merged, row } from './evidence.ts';
import type { Figure } from './figure.ts';
import { minuteMs } from './grid.ts';
import type { PartOf, WifiField, WifiLevel } from './parts.ts';

const causesOf = (level: WifiLevel): readonly string[] => wifiLevels[level];

/** Bad user time of a level by cause, in milliseconds. */
export const badUserMs = (level: WifiLevel, part: PartOf<'wifi'>): readonly (readonly [string, number])[] =>
  causesOf(level).map((cause) => [cause, part[`${level}_${cause}_ms` as WifiField] ?? 0] as const);

/** The cause that costs most user time: it names the problem. Absent where all is good. */
export const problemOf = (level: WifiLevel, part: PartOf<'wifi'>): string | undefined => {
  const [worst] = badUserMs(level, part).toSorted(([, a], [, b]) => b - a);
  return worst === undefined || worst[1] <= 0 ? undefined : worst[0];
};

/**
 * A service level: good ÷ all user-minutes, and the user-minutes of each cause. Of the access point's health, user time
 * is its own.
 */
export const wifiLevel =
  (level: WifiLevel) =>
  (evidence: Evidence): readonly Figure[] => {
    const part = merged('wifi', evidence.rows.wifi);
    const whole = part[`${level}_ms`] ?? 0;
    const known =
      level === 'ap_health'
        ? knownOf(whole, evidence, 'access-point')
        : knownOf(part.valid_ms, evidence, 'radio');
    const bad = badUserMs(level, part);
    const badMs = bad.reduce((sum, [, ms]) => sum + ms, 0);
    const good = whole > 0 ? (whole - badMs) / whole : 'no_users';
    const kpi = `wifi_${level}` as const;
    return [
      row(kpi, evidence, known, good, { by: { cause: 'good' } }),
      ...bad.map(([cause, ms]) =>
        row(kpi, evidence, known, whole > 0 ? ms / minuteMs : 'no_users', {
          by: { cause },
          unit: 'user_min',
        }),
      ),
    ];
  };
