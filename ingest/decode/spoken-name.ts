import type { Phase } from '../../model/power.ts';

/** The level of a name that says what is measured, and the one before it. A level that only names a phase is skipped. */
export const levelsOf = (name: string): { readonly level: string; readonly above: string } => {
  const levels = name.split('/').filter((level) => level !== '');
  const last = levels.at(-1) ?? '';
  const before = levels.at(-2) ?? '';
  return isPhase(last) ? { level: before, above: last } : { level: last, above: before };
};

const phaseMarks: readonly (readonly [RegExp, Phase])[] = [
  [/\bl1\b|\bphase ?(?:a|1)\b/g, 'a'],
  [/\bl2\b|\bphase ?(?:b|2)\b/g, 'b'],
  [/\bl3\b|\bphase ?(?:c|3)\b/g, 'c'],
];

/** Lower-case words: `TotalActivePower_L1` is `total active power l1`, or the same without its phase. */
export const wordsOf = (text: string, without?: 'without phase'): string => {
  let words = text
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();
  if (without !== undefined) for (const [mark] of phaseMarks) words = words.replace(mark, ' ');
  return words.replace(/\s+/g, ' ').trim();
};

/** The phases that a text names; two of them are a voltage between phases. */
export const phasesOf = (text: string): readonly Phase[] => {
  const words = wordsOf(text);
  return phaseMarks.flatMap(([mark, phase]) => (words.search(mark) < 0 ? [] : [phase]));
};

const phaseLevel = /^(?:phase )?l[123]$|^phase ?[abc123]$/;

/** True where a level of a name says a phase and nothing else: `L2`, `Phase B`. */
export const isPhase = (level: string): boolean => phaseLevel.test(wordsOf(level));

/** Units that names end with. Without case, so none that a thousandth and a million share. */
const suffixes: Readonly<Record<string, string>> = {
  w: 'W',
  kw: 'kW',
  wh: 'Wh',
  kwh: 'kWh',
  va: 'VA',
  kva: 'kVA',
  v: 'V',
  hz: 'Hz',
  '°c': '°C',
  c: '°C',
  '°f': '°F',
  f: '°F',
  lx: 'lx',
  ppm: 'ppm',
  dbm: 'dBm',
  '%': '%',
};
const suffixPattern = /^(.+?)[\s_.([-]+([a-z°%]{1,3})[)\]]?$/i;

/** A unit at the end of a name: `Power_kW`, `Energy (kWh)`. */
export const splitUnit = (level: string): { readonly text: string; readonly unit: string | undefined } => {
  const [, text = '', suffix = ''] = suffixPattern.exec(level) ?? [];
  const key = suffix.toLowerCase();
  // "Phase C" names a phase, not degrees.
  if (!Object.hasOwn(suffixes, key) || /phase$/i.test(text)) return { text: level, unit: undefined };
  return { text, unit: suffixes[key] };
};
