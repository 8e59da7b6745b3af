import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startContainer } from './container.ts';
import { freePort } from './free-port.ts';
import { inDirectory, type ServerProcess, startProcess } from './server-process.ts';
import { findProgram, findServer, tools } from './tool.ts';

/** A real Mosquitto on loopback. Its port and its directory stay the same over `kill` and `start`. */
export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  /** Ends it as a power cut would; what it kept on disk stays. */
  kill(): Promise<void>;
  /** Ends it in good order and removes its directory. */
  stop(): Promise<void>;
}

export interface MosquittoOptions {
  /** Lines of mosquitto.conf beside listener, anonymous access and persistence. */
  readonly config?: readonly string[];
}

const image = 'eclipse-mosquitto:2';

export const startMosquitto = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const program = await findServer(tools.mosquitto);
  return program === undefined
    ? await startInContainer(options)
    : await inDirectory('mosquitto', (directory) => startHere(program, directory, options));
};

const startHere = async (
  program: string,
  directory: string,
  { config = [] }: MosquittoOptions,
): Promise<Mosquitto> => {
  const file = join(directory, 'mosquitto.conf');
  const port = await freePort();
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${directory}/`,
    // As root it would become a user who may not read the directory.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...config,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const run = (): Promise<ServerProcess> => startProcess(program, ['-c', file], () => accepts(port));
  let server = await run();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    start: async () => {
      server = await run();
    },
    kill: () => server.kill(),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
};

const startInContainer = async ({ config = [] }: MosquittoOptions): Promise<Mosquitto> => {
  const lines = ['listener 1883', 'allow_anonymous true', 'persistence true', ...config];
  const container = await startContainer({
    image,
    port: 1883,
    files: { '/mosquitto/config/mosquitto.conf': `${lines.join('\n')}\n` },
  });
  const port = container.getMappedPort(1883);
  return {
    url: `mqtt://${container.getHost()}:${port}`,
    port,
    start: () => container.restart(),
    kill: async () => {
      await container.stop({ remove: false, timeout: 0 });
    },
    stop: async () => {
      await container.stop();
    },
  };
};

/** Paths of mosquitto_pub and mosquitto_sub. */
export const findMosquittoClients = async (): Promise<{ readonly pub: string; readonly sub: string }> => ({
  pub: await findProgram(tools.mosquittoPub),
  sub: await findProgram(tools.mosquittoSub),
});

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (value: boolean) => (): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });
