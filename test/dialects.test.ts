import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { imbalance } from '../ingest/ledger.ts';
import { parseSite, type Site } from '../model/site.ts';
import { sourcesOf } from '../simulators/dialects/index.ts';
import { dialectNames } from '../simulators/dialects/names.ts';
import type { HookOptions } from '../simulators/hooks/posts.ts';
import { simulate } from '../simulators/simulate.ts';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';
import { Comparison } from './support/comparison.ts';
import { storedValues } from './support/stored.ts';

const dialects = dialectNames.filter((name) => name !== 'native');
const lists = ['seats', 'counters', 'access_points', 'meters', 'weather'] as const;
/** As many of each kind as dialects cover it, at least. */
const eachMin = 12;

interface Placed {
  readonly id: string;
  source?: readonly string[];
}
type SiteText = Record<(typeof lists)[number], Placed[]>;

/** The street with a device for each dialect that has its kind, and with the vendors' identities. */
const siteWithSources = (): { readonly site: Site; readonly text: string } => {
  const file: SiteText = parse(readFileSync('sites/via-rossini.yaml', 'utf8'));
  for (const list of lists) {
    const own = file[list];
    const copies = Array.from({ length: Math.max(0, eachMin - own.length) }, (_, index) => index);
    for (const index of copies) {
      const twin = own[index % own.length];
      if (twin !== undefined) own.push({ ...twin, id: `${twin.id}-${index + 2}` });
    }
  }
  const sources = sourcesOf(dialects, parseSite(stringify(file), 'street.yaml'));
  for (const entry of lists.flatMap((list) => file[list])) {
    const source = sources.get(entry.id);
    if (source !== undefined) entry.source = source;
  }
  const text = stringify(file);
  return { site: parseSite(text, 'street.yaml'), text };
};

const secretOf = (source: string): string => `the secret of ${source}`;
const hookSources = ['chirpstack', 'tts', 'meraki', 'unifi', 'ngsi'] as const;
const merakiValidator = '9f86d081884c7d659a2feaa0c55ad015';

const { site, text } = siteWithSources();
let aperto: RunningAperto;
let hooks: HookOptions;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = join(directory.path, 'street.yaml');
  await writeFile(file, text);
  aperto = await startAperto({
    data: join(directory.path, 'data'),
    parameters: ['--site', file],
    environment: {
      ...Object.fromEntries(
        hookSources.map((source) => [`APERTO_HOOK_${source.toUpperCase()}_TOKEN`, secretOf(source)]),
      ),
      APERTO_HOOK_MERAKI_VALIDATOR: merakiValidator,
    },
  });
  const tokens = new Map(hookSources.map((source) => [source, secretOf(source)]));
  hooks = { http: aperto.http, tokens, merakiValidator };
});
afterAll(async () => {
  await aperto.stop();
  await directory.remove();
});

interface Entry {
  readonly device: string;
  readonly state: 'live' | 'unknown';
}

/** Devices whose main series, the first of each, is not live. */
const silentDevices = async (): Promise<readonly string[]> => {
  const entries = await aperto.get<readonly Entry[]>(`/api/v1/sites/${site.id}/now`);
  return [...site.devices.keys()].filter(
    (id) => entries.find(({ device }) => device === id)?.state !== 'live',
  );
};

let published = 0;

/** All that came in is in the store, and nothing of it was set aside. */
const expectAllStored = async (acked: number): Promise<void> => {
  published += acked;
  await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout: 30_000 });
  const ledger = await aperto.ledger();
  expect(ledger).toMatchObject({ received: published, quarantined: {} });
  expect(imbalance(ledger)).toBe(0);
  expect(await aperto.get('/api/v1/devices?state=unknown')).toEqual({ devices: [] });
};

it('stores of a span in all dialects what the street measured, each at its time', async () => {
  const from = Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000 + 12 * 3_600_000;
  const to = from + 3 * 60_000;
  const { acked, failed } = await simulate({ broker: aperto.mqtt, site, dialects, hooks, from, to });
  expect(failed).toBe(0);
  await expectAllStored(acked);
  const comparison = new Comparison(site, from, to);
  comparison.check(await storedValues(aperto, site.id, from - 60_000, Date.now() + 60_000));
  expect(comparison.problems.slice(0, 10)).toEqual([]);
  expect(comparison.silent).toEqual([]);
  expect(comparison.compared).toBeGreaterThan(3_000);
});

it('knows every device of a street that speaks all dialects at once, and loses no message', async () => {
  const stop = new AbortController();
  // On a working noon, when every access point has clients.
  const from = Date.parse('2026-06-23T12:00:00+02:00');
  const running = simulate({ broker: aperto.mqtt, site, dialects, hooks, from, signal: stop.signal });
  await vi.waitFor(async () => expect(await silentDevices()).toEqual([]), { timeout: 30_000, interval: 250 });
  stop.abort();
  const { acked, failed } = await running;
  expect(failed).toBe(0);
  await expectAllStored(acked);
});
