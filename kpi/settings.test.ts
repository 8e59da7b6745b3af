import { expect, test } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import { checkKpiSettings, defaultKpiSettings, settingsOf } from './settings.ts';

test('via Rossini states its settings, and a site that states none has the defaults', () => {
  expect(settingsOf(viaRossini)).toEqual(defaultKpiSettings);
  expect(settingsOf({})).toEqual(defaultKpiSettings);
});

test('what a site states takes the place of the default, in base units', () => {
  const settings = settingsOf({
    figures: {
      coverage_min: 0.8,
      session_join_s: 600,
      counter_power_max_kw: 60,
      reset_hour: 3,
      wifi: { signal_min_dbm: -67, uplink_min_mbit_s: 2500 },
    },
  });
  expect(settings).toEqual({
    ...defaultKpiSettings,
    coverageMin: 0.8,
    sessionJoinMs: 600_000,
    counterPowerMaxW: 60_000,
    resetHour: 3,
    wifi: { ...defaultKpiSettings.wifi, signalMinDbm: -67, uplinkMinMbitS: 2500 },
  });
});

test('sessions so short that a quarter hour could not keep them are refused', () => {
  expect(() => settingsOf({ figures: { session_join_s: 0, session_drop_s: 60 } })).toThrow(
    /at least three minutes/,
  );
  expect(checkKpiSettings(defaultKpiSettings)).toBe(defaultKpiSettings);
});
