import { bands } from '../access-point.ts';
import { defineMeasurement, type FieldDefinition } from '../measurement.ts';
import { numbered, part, validMs } from './fields.ts';

/** The service levels and the causes that each can suffer from. */
export const wifiLevels = {
  coverage: ['weak_signal', 'asymmetry'],
  capacity: ['clients', 'own_traffic', 'other_networks', 'noise'],
  throughput: ['coverage', 'capacity', 'retries'],
  time_to_connect: ['association', 'authorization', 'dhcp', 'dns', 'unknown'],
  successful_connects: ['association', 'authorization', 'dhcp', 'dns'],
  roaming: ['slow'],
  ap_health: ['offline', 'reboot', 'uplink'],
} as const;
type Level = keyof typeof wifiLevels;
type LevelField = { [L in Level]: `${L}_ms` | `${L}_${(typeof wifiLevels)[L][number]}_ms` }[Level];

const levelFields = (): Readonly<Record<LevelField, FieldDefinition>> => {
  const fields: Record<string, FieldDefinition> = {};
  for (const [level, causes] of Object.entries(wifiLevels)) {
    fields[`${level}_ms`] = part('ms', `User time that the level "${level}" judges, good and bad.`);
    for (const cause of causes) fields[`${level}_${cause}_ms`] = part('ms', `Bad user time of it: ${cause}.`);
  }
  return fields as Record<LevelField, FieldDefinition>;
};

export const wifiRollup = defineMeasurement({
  name: 'wifi',
  description:
    'User time of a radio, judged by each service level; band "all" is the access point as a whole.',
  tags: { band: [...bands, 'all'] },
  fields: {
    valid_ms: validMs,
    user_ms: part('ms', 'Clients multiplied by the time that they were connected.'),
    ...levelFields(),
  },
});

const latencyBuckets = Array.from({ length: 42 }, (_, index) => index);

export const probeRollup = defineMeasurement({
  name: 'probe',
  description: 'What a probe measured in a window.',
  tags: { target: undefined },
  fields: {
    valid_ms: validMs,
    latency_count: part('1', 'Reports with a latency.'),
    latency_ms: part('ms', 'Their latencies together.'),
    jitter_count: part('1', 'Reports with a jitter.'),
    jitter_ms: part('ms', 'Their jitters together.'),
    loss_count: part('1', 'Reports with a loss.'),
    loss_pct: part('%', 'Their losses together.'),
    ...numbered(latencyBuckets, 'latency_b', '', () =>
      part('1', 'Reports with a latency up to the edge of this bucket, ten buckets a decade from 1 ms.'),
    ),
  },
});
