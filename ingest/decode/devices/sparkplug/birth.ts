import type { Json, Memory } from '../../memory.ts';
import { type Quantity, quantityOf } from '../../quantity.ts';
import { isPhase } from '../../spoken-name.ts';
import type { Metric } from './payload.ts';

/** A node or one of its devices; the parts are levels of a topic, so none holds a slash. */
export interface Who {
  readonly group: string;
  readonly node: string;
  readonly device: string | undefined;
}

/** The name by which a site file knows it. */
export const identityOf = ({ group, node, device }: Who): string =>
  device === undefined ? `${group}/${node}` : `${group}/${node}/${device}`;

/** What a birth said of a metric. */
export interface Born {
  readonly datatype: number | undefined;
  readonly quantity: Quantity;
  /** Part of the identity after the node's or device's own, where several metrics mean the same figure. */
  readonly channel: string | undefined;
}

/** A birth as it is used: metrics by name and by alias. */
export interface Birth {
  readonly byName: ReadonlyMap<string, Born>;
  readonly byAlias: ReadonlyMap<string, Born>;
  /** False where the birth had more metrics than are remembered. */
  readonly complete: boolean;
}

const metricsMax = 2_000;
const nameLengthMax = 256;

const birthKey = (who: Who): string => `sparkplug/birth/${identityOf(who)}`;

/** Remembers a birth, in place of the one before. */
export const rememberBirth = (memory: Memory, who: Who, metrics: readonly Metric[]): void => {
  const named = metrics.filter(({ name }) => name !== undefined && name.length <= nameLengthMax);
  const rows: Json[] = named
    .slice(0, metricsMax)
    .map(({ name = '', alias, datatype, unit }) => [name, alias ?? null, datatype ?? null, unit ?? null]);
  memory.set(birthKey(who), [named.length <= metricsMax, ...rows]);
};

const births = new WeakMap<object, Birth>();

/** The birth of a node or device, or `undefined` where none was heard. */
export const recallBirth = (memory: Memory, who: Who): Birth | undefined => {
  const rows = memory.get(birthKey(who));
  if (!Array.isArray(rows)) return undefined;
  const known = births.get(rows);
  if (known !== undefined) return known;
  const birth = toBirth(rows);
  births.set(rows, birth);
  return birth;
};

interface Row {
  readonly name: string;
  readonly alias: string | undefined;
  readonly datatype: number | undefined;
  readonly quantity: Quantity;
}

const toBirth = ([complete, ...rows]: readonly Json[]): Birth => {
  const read = rows.flatMap(toRow);
  const channels = channelsOf(read);
  const byName = new Map<string, Born>();
  const byAlias = new Map<string, Born>();
  for (const { name, alias, datatype, quantity } of read) {
    const born = { datatype, quantity, channel: channels.get(name) };
    byName.set(name, born);
    if (alias !== undefined) byAlias.set(alias, born);
  }
  return { byName, byAlias, complete: complete === true };
};

const toRow = (row: Json): Row[] => {
  if (!Array.isArray(row)) return [];
  const [name, alias, datatype, unit] = row;
  if (typeof name !== 'string') return [];
  return [
    {
      name,
      alias: typeof alias === 'string' ? alias : undefined,
      datatype: typeof datatype === 'number' ? datatype : undefined,
      quantity: quantityOf({ name, unit: typeof unit === 'string' ? unit : undefined }),
    },
  ];
};

/**
 * Metrics that mean the same figure are parts of their device: told apart by their folders, or by their whole names
 * where the folders are the same. A figure that is there once is the device's own, whatever folder it is in.
 */
const channelsOf = (rows: readonly Row[]): ReadonlyMap<string, string> => {
  const groups = new Map<string, string[]>();
  for (const { name, quantity } of rows) {
    if (quantity === undefined || !('rule' in quantity)) continue;
    const { measurement, field, tags } = quantity.rule;
    const key = `${measurement} ${field} ${tags.phase ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const channels = new Map<string, string>();
  for (const names of groups.values()) {
    if (names.length === 1) continue;
    const folders = names.map(folderOf);
    const distinct = new Set(folders).size === names.length;
    for (const [index, name] of names.entries()) {
      const channel = distinct ? (folders[index] ?? '') : name;
      if (channel !== '') channels.set(name, channel);
    }
  }
  return channels;
};

/** The folder of a metric without levels that only name a phase. */
export const folderOf = (name: string): string =>
  name
    .split('/')
    .slice(0, -1)
    .filter((level) => level !== '' && !isPhase(level))
    .join('/');
