import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { vi } from 'vitest';
import { type RunningAperto, runAperto, startAperto, temporaryDirectory } from '../support/aperto.ts';

const historyMs = 45 * 60_000;
const patience = { timeout: 60_000, interval: 100 };

/** A simulated street with three quarters of an hour behind it. */
export interface Street {
  readonly http: string;
  readonly mqtt: MqttClient;
  /** Ends it, so that nobody answers. */
  stop(): Promise<void>;
  /** Starts it again where it was. */
  start(environment?: NodeJS.ProcessEnv): Promise<void>;
  close(): Promise<void>;
}

export const openStreet = async (): Promise<Street> => {
  const directory = await temporaryDirectory();
  const data = join(directory.path, 'data');
  const run = (ports: readonly string[], environment: NodeJS.ProcessEnv): Promise<RunningAperto> =>
    startAperto({ data, parameters: ['--simulate', ...ports], environment });
  let aperto = await run([], {});
  const ports = ['--http-port', new URL(aperto.http).port, '--mqtt-port', new URL(aperto.mqtt).port];
  await fillHistory(aperto);
  const mqtt = await connectAsync(aperto.mqtt, { clientId: 'test-of-the-board', reconnectPeriod: 200 });
  return {
    http: aperto.http,
    mqtt,
    stop: async () => void (await aperto.stop()),
    start: async (environment = {}) => {
      aperto = await run(ports, environment);
    },
    close: async () => {
      await mqtt.endAsync(true);
      await aperto.stop();
      await directory.remove();
    },
  };
};

/** What the street did in the hours before; waits until figures are made of it. */
const fillHistory = async ({ mqtt, get }: RunningAperto): Promise<void> => {
  const to = Date.now() - 60_000;
  const span = ['--from', new Date(to - historyMs).toISOString(), '--to', new Date(to).toISOString()];
  const { code, stderr } = await runAperto(['simulate', '--broker', mqtt, ...span]);
  if (code !== 0) throw new Error(`the back-fill failed: ${stderr}`);
  await vi.waitFor(async () => {
    const rollups = await get<readonly { site: string; watermark: string }[]>('/api/v1/rollups');
    const { watermark = '' } = rollups.find(({ site }) => site === 'via-rossini') ?? {};
    if (!(Date.parse(watermark) > to - 1_200_000)) throw new Error(`figures are made up to ${watermark}`);
  }, patience);
};
