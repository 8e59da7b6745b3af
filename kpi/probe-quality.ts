import { type Evidence, knownOf, merged, row, share } from './evidence.ts';
import type { Figure } from './figure.ts';
import { latencyQuantile } from './quantile.ts';

/** Round-trip time to the internet: mean, 95th percentile and jitter, over the reports that have them. */
export const probeLatency = (evidence: Evidence): readonly Figure[] => {
  const part = merged('probe', evidence.rows.probe);
  const known = knownOf(part.valid_ms, evidence, 'probe');
  const statistics = {
    mean: share(part.latency_ms, part.latency_count, 'not_measured'),
    p95: latencyQuantile(part, 0.95) ?? ('not_measured' as const),
    jitter: share(part.jitter_ms, part.jitter_count, 'not_measured'),
  };
  return Object.entries(statistics).map(([statistic, value]) =>
    row('probe_latency', evidence, known, value, { by: { statistic } }),
  );
};

/** Mean share of probes without an answer. */
export const probeLoss = (evidence: Evidence): readonly Figure[] => {
  const part = merged('probe', evidence.rows.probe);
  const known = knownOf(part.valid_ms, evidence, 'probe');
  return [row('probe_loss', evidence, known, share(part.loss_pct, part.loss_count, 'not_measured'))];
};
