import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import { messageOf, pipelineOf, receivedAt } from '../test/support/pipeline.ts';
import { openSpool, spoolPath } from '../test/support/spool.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { imbalance } from './ledger.ts';
import { notePlaced, placeTags } from './normalise/place.ts';

test('one probe that names ever more targets gets so many series; the rest is quarantined with a reason', async () => {
  const probe = [...viaRossini.devices.values()].find(({ kind }) => kind === 'probe');
  if (probe === undefined) throw new Error('the site has no probe');
  const spool = await openSpool(spoolPath());
  const { pipeline, ledger, live } = pipelineOf(spool);
  const topic = `aperto/1/via-rossini/probe/${probe.id}`;
  const tell = (target: string, second: number) =>
    pipeline.accept(
      messageOf(
        { t: receivedAt - 3_600_000 + second * 1_000, target, latency_ms: 9 },
        { topic, origin: probe.id },
      ),
    );
  const before = live.snapshot('via-rossini').length;

  const outcomes = await Promise.all(Array.from({ length: 400 }, (_, index) => tell(`host-${index}`, index)));
  const kinds = outcomes.map(({ kind }) => kind);
  // A probe is what its site file says as well: that series was there before.
  const taken = kinds.filter((kind) => kind === 'accepted').length;
  expect(taken).toBe(limits.seriesPerDeviceMax);
  expect(outcomes.at(-1)).toEqual({ kind: 'quarantined', reason: 'too_many_series' });
  expect(ledger.view()).toMatchObject({ spooled: taken, quarantined: { too_many_series: 400 - taken } });
  expect(imbalance(ledger.view())).toBe(0);
  expect(live.snapshot('via-rossini').length - before).toBeLessThanOrEqual(limits.seriesPerDeviceMax);
  const [copy] = await spool.listQuarantine({ limit: 1 });
  expect(copy?.detail).toContain(`${probe.id} has ${limits.seriesPerDeviceMax} series`);

  // What it named before goes on.
  expect(await tell('host-7', 1_000)).toEqual({ kind: 'accepted', points: 1 });
});

test('a start begins no new count: the series that the store has are among them', async () => {
  const site = {
    ...viaRossini,
    devices: new Map([...viaRossini.devices].map(([id, device]) => [id, { ...device }])),
  };
  const probe = [...site.devices.values()].find(({ kind }) => kind === 'probe');
  if (probe === undefined) throw new Error('the site has no probe');
  const place = { site: site.id, zone: probe.zone, device: probe.id };
  const stored = (target: string) => ({
    measurement: 'probe' as const,
    tags: { ...place, target },
    fields: { latency_ms: 9 },
    time: receivedAt,
  });
  for (let index = 0; index < limits.seriesPerDeviceMax; index++) notePlaced(site, stored(`host-${index}`));
  const tell = (target: string) =>
    placeTags(site, probe, { device: probe.id, measurement: 'probe', tags: { target }, fields: {} });
  expect(tell('host-7')).toEqual({ ...place, target: 'host-7' });
  expect(tell('one-more')).toBeUndefined();
});
