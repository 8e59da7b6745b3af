import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { type Instruction, readDockerfile, readRoot, root } from './compose-file.ts';
import { sources } from './rules/files.ts';

const instructions = readDockerfile();
const of = (word: string, stage?: string): Instruction[] =>
  instructions.filter((line) => line.word === word && (stage === undefined || line.stage === stage));
const stages = of('FROM').map(({ stage }) => stage);

/** Sources of a COPY from the build context; its last word is the destination. */
const copied = (stage: string): string[] =>
  of('COPY', stage)
    .filter(({ rest }) => !rest.startsWith('--from='))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1));

test('it builds in one stage and runs in another, both on an image pinned by version', () => {
  expect(stages).toEqual(['build', 'run']);
  for (const { rest } of of('FROM')) expect(rest).toMatch(/^node:\d+-bookworm-slim AS /);
});

test('what it copies exists and is in the build context', () => {
  const context = readRoot('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const paths = stages.flatMap(copied);
  expect(paths.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  const tops = new Set(paths.map((path) => path.split('/')[0]));
  expect([...tops].sort()).toEqual(context.sort());
});

test('what one stage takes from another is there', () => {
  const taken = of('COPY', 'run').flatMap(({ rest }) => {
    const [, stage, path = ''] = rest.match(/^--from=(\w+) \/app\/(\S+) /) ?? [];
    return stage === undefined ? [] : [`${stage} ${path}`];
  });
  // npm makes the one and tsc the other; the third was copied.
  expect(taken).toEqual(['build package.json', 'build node_modules', 'build dist']);
});

test('every folder that the build compiles is copied', () => {
  const { include } = z
    .object({ include: z.array(z.string()) })
    .parse(JSON.parse(readRoot('tsconfig.build.json')));
  const folders = include.map((pattern) => pattern.split('/')[0]);
  expect(copied('build')).toEqual(expect.arrayContaining(folders));
});

test('every file that the program looks for beside itself is in the image', () => {
  const wanted = sources.flatMap(({ path, text }) =>
    path.startsWith('cli/') ? [...text.matchAll(/rootFile\('([^']+)'\)/g)].map(([, file = '']) => file) : [],
  );
  expect(wanted).toContain('sites/via-rossini.yaml');
  const inImage = (file: string): boolean =>
    file === 'package.json' ||
    file.startsWith('dist/') ||
    copied('run').some((path) => file === path || file.startsWith(`${path}/`));
  expect(wanted.filter((file) => !inImage(file))).toEqual([]);
});

test('it does not run as root', () => {
  expect(of('USER', 'run').map(({ rest }) => rest)).toEqual(['node']);
  const words = instructions.filter(({ stage }) => stage === 'run').map(({ word }) => word);
  expect(words.indexOf('USER')).toBeGreaterThan(words.lastIndexOf('RUN'));
});

test('it starts the command that the package installs, with the flags of npm start', () => {
  const [node, ...flags] = manifest.scripts.start.split(' ').slice(0, -1);
  const [entry] = of('ENTRYPOINT');
  expect(JSON.parse(entry?.rest ?? '')).toEqual([node, ...flags, `/app/${manifest.bin.aperto}`]);
});

test('its health check asks a route of the gateway', () => {
  const [check] = of('HEALTHCHECK', 'run');
  const path = check?.rest.match(/127\.0\.0\.1:8080(\/[\w/]+)/)?.[1];
  expect(path).toBe('/health/ready');
  expect(sources.filter(({ text }) => text.includes(`'${path}'`)).length).toBeGreaterThan(0);
});
