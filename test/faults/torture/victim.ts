import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * The built `aperto up` in a process that has loaded its modules already: that is a third of its start, and can be
 * done while the one before it runs. What it does from `go` on is what the command does.
 */
export interface Victim {
  readonly loaded: Promise<void>;
  go(words: readonly string[]): void;
  /** The addresses of its ready line; never settles for one that is killed before. */
  readonly ready: Promise<{ readonly mqtt: string; readonly http: string }>;
  /** SIGKILL. @throws Error with what it said, where it had ended by itself */
  kill(): Promise<void>;
  /** Ctrl-C; resolves with the exit code and what it said. */
  stop(): Promise<{ readonly exitCode: number | null; readonly said: string }>;
}

const root = new URL('../../../', import.meta.url);
const script = `
const [, root] = process.argv;
const { main } = await import(root + 'dist/cli/main.js');
await import(root + 'dist/cli/actions/up.js');
process.stdin.once('data', (words) => {
  process.stdin.destroy();
  main(JSON.parse(words));
});
process.stdout.write('loaded\\n');`;

export const startVictim = (environment: NodeJS.ProcessEnv): Victim => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, root.href], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said = (said + String(text)).slice(-4_000)));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = async (): Promise<string> => String((await once(lines, 'line'))[0]);
  const loaded = line();
  const ready = loaded.then(line).then((text) => JSON.parse(text));
  return {
    loaded: loaded.then(() => undefined),
    ready,
    go: (words) => child.stdin.end(JSON.stringify(words)),
    kill: async () => {
      if (hasEnded(child)) throw new Error(`it ended by itself (${child.exitCode}): ${said}`);
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.kill('SIGINT');
      await exited;
      return { exitCode: child.exitCode, said };
    },
  };
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
