import { afterEach, expect, test, vi } from 'vitest';
import { alerting } from '../test/support/alerts.ts';
import { viaRossini as site } from '../test/support/via-rossini.ts';

afterEach(() => {
  vi.doUnmock('../model/device-health.ts');
  vi.doUnmock('../model/weather.ts');
  vi.resetModules();
});

/** What `check` finds in the committed files once a field is gone from the model, without what is out of date. */
const findingsWithout = async (file: 'device-health' | 'weather', name: string, field: string) => {
  vi.resetModules();
  vi.doMock(`../model/${file}.ts`, async (original) => {
    const module: Record<string, { fields: Record<string, unknown> }> = await original();
    const { [field]: _, ...fields } = module[name]?.fields ?? {};
    return { ...module, [name]: { ...module[name], fields } };
  });
  const { checkDashboards, findingText } = await import('./check.ts');
  const directory = new URL('generated', import.meta.url).pathname;
  const findings = await checkDashboards({ site, alerting, directory });
  return findings.filter(({ rule }) => rule !== 'up-to-date').map(findingText);
};

test('a field that leaves the model is missed by every panel that asks for it, in both languages', async () => {
  const missing = (panel: string, language: string) =>
    `${language}/place-use.json:${panel}:known-fields query A reads the field "noise_dba", which the model's measurement "weather" does not have`;
  expect(await findingsWithout('weather', 'weather', 'noise_dba')).toEqual([
    missing('Rumore', 'it'),
    missing('Noise', 'en'),
  ]);
});

test('panels and alerts are named alike', async () => {
  const findings = await findingsWithout('device-health', 'deviceHealth', 'last_seen_age_s');
  const named = findings.map((text) => text.replace(/ query .*/, ''));
  expect(named.filter((name) => name.startsWith('en/') || name.startsWith('alerting/en/'))).toEqual([
    'en/place-use.json:Last report of each device:known-fields',
    'en/devices.json:Devices that the gateway knows:known-fields',
    'en/devices.json:Longest silence:known-fields',
    'en/devices.json:Last report of each device:known-fields',
    'en/devices.json:Silences over time:known-fields',
    'en/seat.json:Last report of each device:known-fields',
    'alerting/en/rules.yaml:Access point down:known-fields',
    'alerting/en/rules.yaml:Device silent:known-fields',
  ]);
});

test('with the whole model nothing is found', async () => {
  const { checkDashboards } = await import('./check.ts');
  const directory = new URL('generated', import.meta.url).pathname;
  expect(await checkDashboards({ site, alerting, directory })).toEqual([]);
});
