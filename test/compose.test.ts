import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../cli/program.ts';
import manifest from '../package.json' with { type: 'json' };
import { readCompose, readDockerfile, readRoot, root, type Service } from './compose-file.ts';
import { sources } from './rules/files.ts';

const compose = readCompose();
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const dockerfile = readDockerfile();
const code = sources.map(({ text }) => text).join('\n');
const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

test('the services are those that an operator is told of', () => {
  expect(services.map(([name]) => name)).toEqual(['aperto', 'influxdb', 'grafana', 'simulators']);
  expect(services.filter(([, { profiles }]) => profiles !== undefined).map(([name]) => name)).toEqual([
    'simulators',
  ]);
});

test('networks, volumes and secrets are declared where they are used and used where they are declared', () => {
  const used = (pick: (service: Service) => readonly string[]): string[] =>
    unique(services.flatMap(([, service]) => pick(service)));
  expect(used(({ networks }) => networks)).toEqual(Object.keys(compose.networks).sort());
  expect(used(({ secrets }) => secrets)).toEqual(Object.keys(compose.secrets).sort());
  const volumes = used(({ volumes }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
  expect(volumes.filter((name) => !name.startsWith('./'))).toEqual(Object.keys(compose.volumes).sort());
});

test('who waits for a service waits for one that tells its health', () => {
  for (const [name, { depends_on, networks }] of services) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const service = compose.services[other];
      expect(condition, `${name} on ${other}`).toBe('service_healthy');
      const checked = service?.healthcheck ?? dockerfile.find(({ word }) => word === 'HEALTHCHECK');
      expect(checked, other).toBeDefined();
      expect(service?.networks.some((network) => networks.includes(network))).toBe(true);
    }
  }
});

test('every host that an address names is a service on a shared network', () => {
  for (const [name, { environment, command = [], networks }] of services) {
    for (const word of [...Object.values(environment), ...command]) {
      if (!/^(http|mqtt):\/\//.test(word)) continue;
      const { hostname } = new URL(word);
      const shared = compose.services[hostname]?.networks.filter((network) => networks.includes(network));
      expect(shared, `${name}: ${word}`).toHaveLength(1);
    }
  }
});

test('every published port is open to this machine alone unless asked otherwise', () => {
  const published = services.flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`));
  expect(published).toEqual([
    `aperto \${APERTO_BIND:-127.0.0.1}:1883:1883`,
    `aperto \${APERTO_BIND:-127.0.0.1}:8080:8080`,
    'grafana 127.0.0.1:3000:3000',
  ]);
});

test('the ports of aperto are those that it listens on', () => {
  const up = createProgram().commands.find((command) => command.name() === 'up');
  const defaults = ['--mqtt-port', '--http-port'].map(
    (flag) => up?.options.find((option) => option.long === flag)?.defaultValue,
  );
  const { ports = [] } = compose.services.aperto ?? {};
  expect(ports.map((port) => Number(port.split(':').at(-1)))).toEqual(defaults);
});

test.each(ours)('the command line of %s is one that aperto takes', (_, { command = [] }) => {
  const [name, ...words] = command;
  const known = createProgram().commands.find((candidate) => candidate.name() === name);
  expect(known?.name()).toBe(name);
  const flags = words.filter((word) => word.startsWith('--'));
  expect(known?.options.map(({ long }) => long)).toEqual(expect.arrayContaining(flags));
});

test('every folder that is mounted from the host is in the repository and cannot be written to', () => {
  const mounts = services.flatMap(([, { volumes }]) => volumes.filter((volume) => volume.startsWith('.')));
  expect(mounts).toHaveLength(4);
  for (const mount of mounts) {
    // As compose reads it where nobody chose something else.
    const [source = '', , mode] = mount.replace(/\$\{\w+:-(\w+)\}/, '$1').split(':');
    expect(existsSync(`${root}${source}`), mount).toBe(true);
    expect(mode).toBe('ro');
  }
});

test.each(ours)('every variable that %s is given is one that the code reads', (_, { environment }) => {
  const names = Object.keys(environment).map((name) => name.replace(/_FILE$/, ''));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test('variables of the other images are of the families that they document', () => {
  const families = /^(DOCKER_INFLUXDB_INIT_|INFLUXD_|GF_)[A-Z_]+$/;
  const provisioned = grafanaReads().variables;
  for (const name of ['influxdb', 'grafana']) {
    const given = Object.keys(compose.services[name]?.environment ?? {});
    expect(given.filter((key) => !families.test(key) && !provisioned.includes(key))).toEqual([]);
  }
});

test('nothing has a default password: secrets come as files that a person makes', () => {
  for (const [name, { environment, secrets }] of services) {
    for (const [key, value] of Object.entries(environment)) {
      if (!/PASSWORD|TOKEN|SECRET/.test(key)) continue;
      expect(key, name).toMatch(/_FILE$/);
      expect(secrets.map((secret) => `/run/secrets/${secret}`)).toContain(value);
    }
  }
  expect(readRoot('docker-compose.yml')).not.toMatch(/(PASSWORD|TOKEN|SECRET)\w*:?-/);
  for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./secrets/${name}.txt`);
  expect(readRoot('.gitignore').split('\n')).toContain('/secrets/');
});

test('images are pinned by version, and ours has the version of the package', () => {
  for (const [name, { image, build }] of services) {
    if (build === undefined) expect(image, name).toMatch(/^[a-z/]+:\d+\.\d+/);
    else expect(image).toBe(`aperto:${manifest.version}`);
  }
});

/** What Grafana's provisioning files ask for: `$NAME`, `${NAME}`, `$__file{PATH}`, and where boards are. */
const grafanaReads = () => {
  const folder = 'dashboards/provisioning/';
  const paths = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' });
  const texts = paths.filter((path) => path.endsWith('.yaml')).map((path) => readRoot(folder + path));
  const all = texts.join('\n');
  const matches = (pattern: RegExp): string[] => [...all.matchAll(pattern)].map(([, name = '']) => name);
  return {
    texts,
    variables: unique(matches(/\$\{?(?!__)([A-Z][A-Z0-9_]*)/g)),
    files: unique(matches(/\$__file\{([^}]+)\}/g)),
    folders: texts.flatMap((text) =>
      (parse(text).providers ?? []).map(({ options }: { options: { path: string } }) => options.path),
    ),
  };
};

test('what provisioning asks for, Grafana is given', () => {
  const { environment = {}, secrets = [], volumes = [] } = compose.services.grafana ?? {};
  const { texts, variables, files, folders } = grafanaReads();
  expect(texts.length).toBeGreaterThanOrEqual(2);
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(variables));
  expect(secrets.map((secret) => `/run/secrets/${secret}`)).toEqual(expect.arrayContaining(files));
  expect(volumes.map((volume) => volume.split(':')[1])).toEqual(expect.arrayContaining(folders));
});
