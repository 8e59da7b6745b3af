import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { type CrowdOptions, type CrowdResult, deviceId } from './crowd.ts';
import { type Running, start } from './process.ts';

const devices = 10_000;
const seconds = 75;
const sampleMs = 1_000;

/** Via Rossini with a seat for each device of the crowd: what no site file names is not kept. */
const crowdedStreet = async (): Promise<string> => {
  const street: object = parse(
    await readFile(new URL('../../sites/via-rossini.yaml', import.meta.url), 'utf8'),
  );
  const seats = Array.from({ length: devices }, (_, index) => ({
    id: deviceId(index),
    zone: 'teatro',
    at: [4, 4],
  }));
  return JSON.stringify({ ...street, seats });
};

const toMb = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

/** Resident memory of the whole process while so many devices are connected and each sends a message a minute. */
const measure = async (running: Running): Promise<void> => {
  const idle = running.memoryBytes();
  const options: CrowdOptions = { port: Number(new URL(running.ready.mqtt ?? '').port), devices, seconds };
  const file = new URL('./crowd.js', import.meta.url).pathname;
  const crowd = spawn(process.execPath, [file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: crowd.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const connected = running.memoryBytes();
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(running.memoryBytes()), sampleMs);
  const cpuBefore = running.cpuSeconds();
  const { value } = await lines.next();
  clearInterval(sampling);
  const { messages, p99Ms, maxMs, lost }: CrowdResult = JSON.parse(value);
  const cpuPct = ((running.cpuSeconds() - cpuBefore) / seconds) * 100;
  samples.sort((a, b) => a - b);
  const cells = [
    `${devices.toLocaleString('en')} devices, ${Math.round(messages / seconds)} msg/s, ${lost} lost`,
    `memory ${toMb(idle)} before, ${toMb(connected)} connected`,
    `${toMb(samples[samples.length >> 1] ?? 0)} median and ${toMb(samples.at(-1) ?? 0)} at most while they send`,
    `p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(0)} ms, ${cpuPct.toFixed(0)} % of a processor`,
  ];
  process.stdout.write(`${cells.join('\n')}\n`);
};

export const benchDevices = async (): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'aperto-devices-'));
  const site = join(data, 'crowd.yaml');
  await writeFile(site, await crowdedStreet());
  const ports = ['--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
  const aperto = new URL('../cli/aperto.js', import.meta.url);
  const running = await start(aperto, ['up', '--site', site, '--data', data, ...ports]);
  try {
    await measure(running);
  } finally {
    await running.stop();
    await rm(data, { recursive: true, force: true });
  }
};
