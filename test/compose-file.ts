import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const readRoot = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

const names = z.array(z.string());
const healthCheck = z.strictObject({
  test: names.optional(),
  interval: z.string().optional(),
  timeout: z.string().optional(),
  retries: z.int().optional(),
  start_period: z.string().optional(),
  disable: z.boolean().optional(),
});

const service = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  user: z.string().optional(),
  profiles: names.optional(),
  command: names.optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: names.default([]),
  ports: names.default([]),
  volumes: names.default([]),
  networks: names,
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).default({}),
  healthcheck: healthCheck.optional(),
  restart: z.literal('unless-stopped'),
  init: z.literal(true),
  read_only: z.literal(true),
  tmpfs: names,
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
  }),
  stop_grace_period: z.string().optional(),
  mem_limit: z.string(),
});
export type Service = z.infer<typeof service>;

const file = z.strictObject({
  name: z.string(),
  'x-service': z.unknown(),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

/** docker-compose.yml; a key that is not known here, and a service that is not locked down, are errors. */
export const readCompose = () => file.parse(parse(readRoot('docker-compose.yml'), { merge: true }));

/** One instruction of the Dockerfile, and the stage that it belongs to. */
export interface Instruction {
  readonly stage: string;
  readonly word: string;
  readonly rest: string;
}

/** The Dockerfile's instructions, continued lines joined, comments left out. */
export const readDockerfile = (): Instruction[] => {
  let stage = '';
  return readRoot('Dockerfile')
    .replace(/\\\n/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [word = '', ...rest] = line.split(' ');
      if (word === 'FROM') stage = rest.at(-1) ?? '';
      return { stage, word, rest: rest.join(' ').trim() };
    });
};
