import { defineMeasurement, float } from './measurement.ts';

export const probe = defineMeasurement({
  name: 'probe',
  description: 'Reachability of a target as seen from one place on the street.',
  tags: { target: undefined },
  fields: {
    latency_ms: float('ms', 0, 600_000, 'Mean round-trip time.'),
    jitter_ms: float('ms', 0, 600_000, 'Mean deviation of the round-trip time.'),
    loss_pct: float('%', 0, 100, 'Share of probes without an answer.'),
  },
});
