import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ApertoError, messageOf } from './errors.ts';
import { limits } from './limits.ts';
import { type SiteFile, siteSchema } from './site-schema.ts';
import type { PlacedKind } from './topic.ts';

/** A device as the site file places it. */
export interface Device {
  readonly id: string;
  readonly kind: PlacedKind;
  readonly zone: string;
  readonly at: readonly [number, number];
  /** Silent for longer than this and its state is unknown. */
  readonly maxSilenceMs: number;
  /** What the device calls itself in its vendor's format; absent where it speaks Aperto's own. */
  readonly sources?: readonly string[];
  /** Probes: what they ask when a message names no target. */
  readonly target?: string;
}

/** A site file that was read and checked, with its devices by id. */
export interface Site extends SiteFile {
  readonly devices: ReadonlyMap<string, Device>;
}

/** The lists of a site file that place devices, with the kind that each holds. */
export const deviceLists = {
  seats: 'seat',
  counters: 'counter',
  access_points: 'access-point',
  probes: 'probe',
  meters: 'meter',
  weather: 'weather',
} as const satisfies Record<string, PlacedKind>;
type DeviceList = keyof typeof deviceLists;
const listNames = Object.keys(deviceLists) as DeviceList[];

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Reads a site file.
 * @param text YAML 1.2 (so JSON too)
 * @param file its name, for messages alone
 * @throws ApertoError `config`, one line that names file, line, path and what to do
 */
export const parseSite = (text: string, file: string): Site => {
  if (text.length > limits.siteFileBytesMax) {
    throw new ApertoError(
      'config',
      `${file}: larger than ${limits.siteFileBytesMax} bytes; split it into several sites`,
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new ApertoError('config', `${file}:${line}:${col}: not valid YAML: ${syntax.message}`);
  }
  if (document.contents === null) {
    throw new ApertoError(
      'config',
      `${file}:1: the file: is empty; a site has an id, a name, zones and devices`,
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isRanged(node)) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const fail = (problem: Problem, more: number): never => {
    const rest = more > 0 ? ` (and ${more} more)` : '';
    throw new ApertoError(
      'config',
      `${file}:${lineOf(problem.path)}: ${pathText(problem.path)}: ${problem.message}${rest}`,
    );
  };

  const parsed = siteSchema.safeParse(toPlain(document, file));
  if (!parsed.success) {
    const [first, ...more] = parsed.error.issues.map(toProblem);
    return fail(first ?? { path: [], message: 'not a site file' }, more.length);
  }
  const devices = new Map<string, Device>();
  const problems = [
    ...checkZones(parsed.data),
    ...placeDevices(parsed.data, devices),
    ...checkProbes(parsed.data),
    ...checkSources(parsed.data),
  ];
  const [first, ...more] = problems;
  if (first !== undefined) return fail(first, more.length);
  return { ...parsed.data, devices };
};

/** The document's values. An alias of nothing, or one of too many, shows only here. */
const toPlain = (document: Document, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ApertoError('config', `${file}:1: not valid YAML: ${messageOf(error)}`, { cause: error });
  }
};

const isRanged = (node: unknown): node is { range: [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);

/** A key that nobody knows is named where it stands, not where its object begins. */
const toProblem = (issue: z.core.$ZodIssue): Problem => ({
  path: issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path,
  message: issue.message.charAt(0).toLowerCase() + issue.message.slice(1),
});

/** `seats[3].zone` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  ) || 'the file';

function* placeDevices(file: SiteFile, devices: Map<string, Device>): Generator<Problem> {
  const zones = new Set(file.zones.map((zone) => zone.id));
  const targets = new Map(file.probes.map((probe) => [probe.id, probe.target]));
  for (const list of listNames) {
    for (const [index, entry] of file[list].entries()) {
      const path = [list, index];
      if (devices.has(entry.id)) {
        yield {
          path: [...path, 'id'],
          message: `"${entry.id}" is used twice; a device id is unique in its site`,
        };
      }
      if (!zones.has(entry.zone)) {
        yield {
          path: [...path, 'zone'],
          message: `no zone "${entry.zone}"; the zones are ${[...zones].join(', ')}`,
        };
      }
      const [x, y] = entry.at;
      if (x < 0 || y < 0 || x > file.plan.width_m || y > file.plan.height_m) {
        yield {
          path: [...path, 'at'],
          message: `(${x}, ${y}) is off the plan of ${file.plan.width_m} × ${file.plan.height_m} m`,
        };
      }
      devices.set(entry.id, toDevice(file, deviceLists[list], entry, targets.get(entry.id)));
    }
  }
}

const toDevice = (
  file: SiteFile,
  kind: PlacedKind,
  { id, zone, at, source }: SiteFile['seats'][number],
  target: string | undefined,
): Device => ({
  id,
  kind,
  zone,
  at,
  maxSilenceMs: file.max_silence_s[kind] * 1000,
  ...(source === undefined ? {} : { sources: source }),
  ...(target === undefined ? {} : { target }),
});

function* checkZones(file: SiteFile): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, zone] of file.zones.entries()) {
    if (seen.has(zone.id)) yield { path: ['zones', index, 'id'], message: `"${zone.id}" is used twice` };
    seen.add(zone.id);
  }
}

function* checkSources(file: SiteFile): Generator<Problem> {
  const owners = new Map<string, string>();
  for (const list of listNames) {
    for (const [index, { id, source = [] }] of file[list].entries()) {
      for (const identity of source) {
        const owner = owners.get(identity);
        if (owner !== undefined) {
          yield { path: [list, index, 'source'], message: `"${identity}" is the source of ${owner} already` };
        }
        owners.set(identity, id);
      }
    }
  }
}

function* checkProbes(file: SiteFile): Generator<Problem> {
  const known = new Set(file.access_points.map((accessPoint) => accessPoint.id));
  for (const [index, probe] of file.probes.entries()) {
    if (!known.has(probe.access_point)) {
      yield { path: ['probes', index, 'access_point'], message: `no access point "${probe.access_point}"` };
    }
  }
}
