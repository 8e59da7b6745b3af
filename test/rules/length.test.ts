import { expect, test } from 'vitest';
import { type File, sources, typescript } from './files.ts';

const linesMax = 250;
const medianMax = 90;

const lengthOf = ({ text }: File): number => text.trimEnd().split('\n').length;

const violations = (file: File): string[] =>
  lengthOf(file) > linesMax ? [`${file.path}: ${lengthOf(file)} lines, at most ${linesMax}`] : [];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const ofLines = (lines: number): File => ({ path: 'model/long.ts', text: 'a;\n'.repeat(lines) });

test('no TypeScript file is longer than a few screens', () => {
  expect(typescript.flatMap(violations)).toEqual([]);
});

test('the median source is short', () => {
  expect(median(sources.map(lengthOf))).toBeLessThan(medianMax);
});

test('the rule finds a file of 251 lines and lets one of 250 pass', () => {
  expect(violations(ofLines(251))).toEqual(['model/long.ts: 251 lines, at most 250']);
  expect(violations(ofLines(250))).toEqual([]);
});

test('the median is the one in the middle', () => {
  expect(median([300, 10, 40])).toBe(40);
});
