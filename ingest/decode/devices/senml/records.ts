import { type Rejected, rejected } from '../../decoded.ts';
import { fromEpochMs } from '../../time.ts';

/** A record as it came, by the labels of SenML in JSON. */
export type RawRecord = ReadonlyMap<string, unknown>;

/** A record by itself: base fields applied [RFC 8428 §4.6]. */
export interface ResolvedRecord {
  /** Base name and name, apart: together they are the name. */
  readonly base: string;
  readonly name: string;
  readonly unit: string | undefined;
  /** Epoch milliseconds; absent where it is the moment of receipt. */
  readonly time: number | undefined;
  readonly value: number | boolean | string | undefined;
  readonly sum: number | undefined;
}

/** The version of SenML that is understood [RFC 8428 §4.4]. */
const versionMax = 10;
/** Below this a time is relative to now, in seconds [RFC 8428 §4.5.3]. */
const relativeBelow = 2 ** 28;
/** Characters of a name [RFC 8428 §4.5.1], and the slash with which LwM2M begins. */
const nameAllowed = /^[A-Za-z0-9/][A-Za-z0-9\-:./_]{0,255}$/;

const numberAt = (record: RawRecord, label: string): number | undefined => {
  const value = record.get(label);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};
const textAt = (record: RawRecord, label: string): string | undefined => {
  const value = record.get(label);
  return typeof value === 'string' ? value : undefined;
};

/** Base fields hold from their record on until another takes their place, which may be in the middle of a pack. */
class Base {
  name = '';
  time = 0;
  unit: string | undefined;
  value: number | undefined;
  sum: number | undefined;

  take(record: RawRecord): void {
    this.name = textAt(record, 'bn') ?? this.name;
    this.time = numberAt(record, 'bt') ?? this.time;
    this.unit = textAt(record, 'bu') ?? this.unit;
    this.value = numberAt(record, 'bv') ?? this.value;
    this.sum = numberAt(record, 'bs') ?? this.sum;
  }
}

const added = (base: number | undefined, own: number | undefined): number | undefined =>
  own === undefined || base === undefined ? own : Number((base + own).toPrecision(12));

const timeOf = (seconds: number, receivedAt: number): number | undefined => {
  if (seconds === 0) return undefined;
  return fromEpochMs(seconds < relativeBelow ? receivedAt + seconds * 1_000 : seconds * 1_000);
};

const valueIn = (record: RawRecord, base: Base): number | boolean | string | undefined => {
  const flag = record.get('vb');
  if (typeof flag === 'boolean') return flag;
  return added(base.value, numberAt(record, 'v')) ?? textAt(record, 'vs');
};

/** What keeps a whole pack from being understood [RFC 8428 §4.4]. */
const refusal = (records: readonly RawRecord[]): Rejected | undefined => {
  for (const record of records) {
    const version = numberAt(record, 'bver');
    if (version !== undefined && version > versionMax)
      return rejected('not_understood', `SenML version ${version}; ${versionMax} is understood`);
    if ([...record.keys()].some((label) => label.endsWith('_')))
      return rejected('not_understood', 'a label that must be understood, and is not known here');
  }
  return undefined;
};

/** All records that carry a value or a sum, each by itself. */
export const resolve = (
  records: readonly RawRecord[],
  receivedAt: number,
): readonly ResolvedRecord[] | Rejected => {
  const refused = refusal(records);
  if (refused !== undefined) return refused;
  const base = new Base();
  const resolved: ResolvedRecord[] = [];
  for (const record of records) {
    base.take(record);
    const name = textAt(record, 'n') ?? '';
    const value = valueIn(record, base);
    const sum = added(base.sum, numberAt(record, 's'));
    if ((value === undefined && sum === undefined) || !nameAllowed.test(base.name + name)) continue;
    const time = timeOf(base.time + (numberAt(record, 't') ?? 0), receivedAt);
    resolved.push({ base: base.name, name, unit: textAt(record, 'u') ?? base.unit, time, value, sum });
  }
  return resolved;
};
