import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { imbalance } from '../ingest/ledger.ts';
import { parseSite, type Site } from '../model/site.ts';
import { dialectNames, sourcesOf } from '../simulators/dialects/index.ts';
import { simulate } from '../simulators/simulate.ts';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';

const dialects = dialectNames.filter((name) => name !== 'native');
const lists = ['seats', 'counters', 'access_points', 'meters', 'weather'] as const;

interface Placed {
  readonly id: string;
  source?: readonly string[];
}
type SiteText = Record<(typeof lists)[number], Placed[]>;

/** The street with a mast for each dialect that has one, and with the vendors' identities. */
const siteWithSources = (): { readonly site: Site; readonly text: string } => {
  const file: SiteText = parse(readFileSync('sites/via-rossini.yaml', 'utf8'));
  const [mast] = file.weather;
  if (mast === undefined) throw new Error('the street has no mast');
  file.weather = ['W1', 'W2', 'W3', 'W4', 'W5'].map((id) => ({ ...mast, id }));
  const sources = sourcesOf(dialects, parseSite(stringify(file), 'street.yaml'));
  for (const entry of lists.flatMap((list) => file[list])) {
    const source = sources.get(entry.id);
    if (source !== undefined) entry.source = source;
  }
  const text = stringify(file);
  return { site: parseSite(text, 'street.yaml'), text };
};

const { site, text } = siteWithSources();
let aperto: RunningAperto;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = join(directory.path, 'street.yaml');
  await writeFile(file, text);
  aperto = await startAperto({ data: join(directory.path, 'data'), parameters: ['--site', file] });
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

it('knows every device of a street that speaks all dialects at once, and loses no message', async () => {
  const stop = new AbortController();
  const running = simulate({ broker: aperto.mqtt, site, dialects, signal: stop.signal });
  await vi.waitFor(async () => expect(await silentDevices()).toEqual([]), { timeout: 30_000, interval: 250 });
  stop.abort();
  const { acked, failed } = await running;
  expect(failed).toBe(0);
  await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout: 30_000 });
  const ledger = await aperto.ledger();
  expect(ledger).toMatchObject({ received: acked, quarantined: {} });
  expect(imbalance(ledger)).toBe(0);
  expect(await aperto.get('/api/v1/devices?state=unknown')).toEqual({ devices: [] });
});
