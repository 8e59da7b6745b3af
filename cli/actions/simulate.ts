import { SingleBar } from 'cli-progress';
import { readHookSecrets } from '../../gateway/http/hooks/source.ts';
import { readSecret } from '../../gateway/secret.ts';
import { type Progress, simulate } from '../../simulators/simulate.ts';
import { loadLogins } from '../credentials/logins.ts';
import { loadSite } from '../load-site.ts';
import { readText } from '../read-text.ts';
import { stopSignal } from '../stop-signal.ts';

export interface SimulateWords {
  readonly broker: string;
  readonly http: string;
  readonly site: string;
  readonly from?: number;
  readonly to?: number;
  readonly speed?: number;
  readonly devices?: number;
  readonly rate?: number;
  readonly faults?: readonly string[];
  readonly seed: number;
  readonly dialect?: readonly string[];
  readonly user?: string;
  readonly logins?: string;
  readonly ca?: string;
}

export const runSimulate = async ({
  site,
  dialect,
  http,
  logins,
  ca,
  ...words
}: SimulateWords): Promise<void> => {
  const { signal } = stopSignal();
  const password = readSecret('APERTO_MQTT_PASSWORD', process.env);
  const bar = words.from === undefined ? undefined : new ProgressBar();
  try {
    const done = await simulate({
      ...words,
      dialects: dialect,
      hooks: { http, ...readHookSecrets(process.env) },
      site: loadSite(site),
      logins: logins === undefined ? undefined : loadLogins(logins),
      ca: ca === undefined ? undefined : readText(ca, '--ca'),
      signal,
      onStall: (line) => process.stderr.write(`${line}\n`),
      ...(password === undefined ? {} : { password }),
      ...(bar === undefined ? {} : { onProgress: (progress: Progress) => bar.show(progress) }),
    });
    bar?.stop();
    process.stdout.write(`${JSON.stringify(done)}\n`);
  } finally {
    bar?.stop();
  }
};

/** A bar on a terminal, a line now and then elsewhere; both on stderr. */
class ProgressBar {
  readonly #bar = new SingleBar({
    format: '{bar} {percentage} %  {day}  {acked} acked  {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  #started = false;

  show({ from, to, time, acked }: Progress): void {
    const values = { day: new Date(time).toISOString().slice(0, 16), acked };
    if (!this.#started) {
      this.#bar.start(to - from, 0, values);
      this.#started = true;
    }
    this.#bar.update(time - from, values);
  }

  stop(): void {
    if (this.#started) this.#bar.stop();
    this.#started = false;
  }
}
