import type { MeasurementName } from '../../../../model/measurements.ts';
import { rejected } from '../../decoded.ts';
import { fits, toSourceUnit } from '../../dimension.ts';
import { type Gatherer, isRecord, type Speaker } from '../../measure.ts';
import type { Rule } from '../../rule.ts';
import { fromEpochMs, fromEpochSeconds } from '../../time.ts';
import { type ChannelTerm, channelTerm } from './channel.ts';
import type { Dialect } from './dialect.ts';
import { type Flat, flatten } from './keyed.ts';
import type { Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** Fields that a better source has given already: `weather.temperature_c`. */
export type Known = ReadonlySet<string>;

/** Name of a field among those known already. */
export const fieldKey = (measurement: MeasurementName, field: string): string => `${measurement}.${field}`;

interface Reader {
  readonly gatherer: Gatherer;
  readonly dialect: Dialect | undefined;
  readonly known: Known;
}

/** Reads a decoded object, and the records of the past in it, by what its keys mean. */
export const readObject = (reader: Reader, speaker: Speaker, flat: Flat): void => {
  readFigures(reader, speaker, flat);
  for (const record of flat.history) readRecord(reader, speaker, record);
};

/** A record of `history[]`: an object of the same kind with its own time. */
const readRecord = (reader: Reader, { device }: Speaker, record: unknown): void => {
  if (!isRecord(record)) return;
  const time = recordTime(record.timestamp);
  if (time === undefined) {
    reader.gatherer.doubt(rejected('bad_time', 'history: a record without a timestamp tells of no time'));
    return;
  }
  readFigures({ ...reader, known: new Set() }, { device, time, backfill: true }, flatten(record));
};

const millisecondsFrom = 1e11;
const recordTime = (value: unknown): number | undefined => {
  if (typeof value !== 'number' || value <= 0) return undefined;
  return value < millisecondsFrom ? fromEpochSeconds(value) : fromEpochMs(value);
};

const readFigures = (reader: Reader, speaker: Speaker, flat: Flat): void => {
  const lowest = lowestChannels(flat);
  for (const [key, value] of flat.keyed) {
    const plain = reader.dialect?.terms.get(key) ?? vocabulary.get(key);
    const found = plain === undefined ? channelTerm(key) : { term: plain };
    if (found === undefined) continue;
    const channel = channelOf(found, lowest);
    const who = channel === undefined ? speaker : { ...speaker, device: `${speaker.device}/${channel}` };
    readTerm(reader, who, found.term, value, flat, key);
  }
};

const channelOf = (
  { channel, cayenne }: ChannelTerm,
  lowest: ReadonlyMap<string, number>,
): string | undefined =>
  cayenne !== undefined && lowest.get(cayenne.kind) === cayenne.number ? undefined : channel;

const none: ReadonlyMap<string, number> = new Map();

/** The lowest number of each kind of Cayenne sensor in a message. */
const lowestChannels = ({ keyed }: Flat): ReadonlyMap<string, number> => {
  let lowest: Map<string, number> | undefined;
  for (const key of keyed.keys()) {
    const cayenne = channelTerm(key)?.cayenne;
    if (cayenne === undefined) continue;
    lowest ??= new Map();
    lowest.set(cayenne.kind, Math.min(cayenne.number, lowest.get(cayenne.kind) ?? cayenne.number));
  }
  return lowest ?? none;
};

const readTerm = (
  { gatherer, known }: Reader,
  who: Speaker,
  term: Term,
  value: unknown,
  flat: Flat,
  key: string,
): void => {
  if (term.kind === 'ignored' || value === null) return;
  if (term.kind === 'left out') {
    gatherer.doubt(rejected('no_reading', term.why));
    return;
  }
  if (known.has(fieldKey(term.rule.measurement, term.rule.field))) return;
  const written = flat.units.get(key);
  const rule = written === undefined ? term.rule : inUnit(term.rule, written);
  if (rule === undefined) {
    const detail = `${term.rule.path.join('.')}: its unit is none of ${term.rule.measurement}.${term.rule.field}`;
    gatherer.doubt(rejected('wrong_type', detail));
    return;
  }
  if (typeof value === 'number' && term.codes !== undefined) {
    const code = term.codes[value];
    if (code !== undefined) gatherer.take(who, rule, code);
    return;
  }
  const why = typeof value === 'number' ? term.doubt?.(value, flat.keyed) : undefined;
  if (why === undefined) gatherer.take(who, rule, value);
  else gatherer.doubt(rejected('not_understood', `${rule.path.join('.')}: ${why}`));
};

/** The rule in the unit that stands beside the value; `undefined` where that measures something else. */
const inUnit = (rule: Rule, written: string): Rule | undefined => {
  const unit = toSourceUnit(written);
  return unit !== undefined && fits(unit, rule.measurement, rule.field) ? { ...rule, unit } : undefined;
};
