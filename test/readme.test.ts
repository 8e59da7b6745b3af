import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../cli/program.ts';
import { decodeNative } from '../ingest/decode/native/native.ts';
import { parseSite } from '../model/site.ts';
import { kinds, parseTopic } from '../model/topic.ts';
import { readRoot } from './compose-file.ts';
import { files } from './rules/files.ts';

const readme = readRoot('README.md');
const site = parseSite(readRoot('sites/via-rossini.yaml'), 'via-rossini.yaml');

const messages = [...readme.matchAll(/\| `(aperto\/1\/[^`]+)` \| `(\{[^`]+\})` \|/g)].map(
  ([, topic = '', payload = '']) => ({ topic, payload }),
);

test('README shows one payload of each kind', () => {
  expect(messages.map(({ topic }) => parseTopic(topic)?.kind).sort()).toEqual([...kinds].sort());
});

test.each(messages)(
  'the payload of $topic decodes, and the site file has the device',
  ({ topic, payload }) => {
    expect(decodeNative(topic, Buffer.from(payload))).toMatchObject({ kind: 'readings' });
    expect(site.devices.has(parseTopic(topic)?.device ?? '')).toBe(true);
  },
);

/** `up`, `dashboards build`, …: commands that do something by themselves. */
const commandsOf = (command: Command, before: readonly string[] = []): string[] =>
  command.commands.flatMap((child) => {
    const words = [...before, child.name()];
    return child.commands.length === 0 ? [words.join(' ')] : commandsOf(child, words);
  });

test('README lists the commands that there are', () => {
  const listed = [...readme.matchAll(/^\| `aperto ([a-z ]+)` \|/gm)].map(([, words = '']) => words);
  expect(listed.sort()).toEqual(commandsOf(createProgram()).sort());
});

test('the map of README has every folder', () => {
  const listed = [...readme.matchAll(/^\| \[(\w+)\/\]/gm)].map(([, folder = '']) => folder);
  const folders = new Set(files.flatMap(({ path }) => path.match(/^(\w+)\//)?.[1] ?? []));
  expect(listed.sort()).toEqual([...folders].sort());
});
