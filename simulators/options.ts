import type { Clock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import type { AccessOptions } from './access.ts';
import { checkBroker } from './broker-address.ts';
import type { HookOptions } from './hooks/posts.ts';
import { type Cadence, defaultCadenceS } from './schedule.ts';
import type { Progress } from './simulate.ts';

export interface SimulateOptions extends AccessOptions {
  /** `mqtt://host:port`; mqtts, ws and wss too. */
  readonly broker: string;
  readonly site: Site;
  /** With `to`: back-fill of [from, to), epoch milliseconds. Alone: where simulated time starts. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Simulated seconds in a second; 1, real time, by default. */
  readonly speed?: number | undefined;
  /** How many devices; those of the site by default. */
  readonly devices?: number | undefined;
  /** Messages a second over all devices, in the place of their own cadence. */
  readonly rate?: number | undefined;
  /** Names as in `faultNames`, each with a probability of its own if wanted: `garbage=0.1`. */
  readonly faults?: readonly string[] | undefined;
  /** 1 by default. */
  readonly seed?: number | undefined;
  readonly cadenceS?: Cadence | undefined;
  /** Names as in `dialectNames`; Aperto's own payloads by default. */
  readonly dialects?: readonly string[] | undefined;
  /** Where the dialects that post do so; needed by none of the others. */
  readonly hooks?: HookOptions | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called a few times a second during a back-fill, and at its end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Told once, in a line for a person, when a back-fill waits because nothing is acknowledged. */
  readonly onStall?: ((line: string) => void) | undefined;
}

const speedMax = 10_000;
const rateMax = 1_000_000;

/** @throws ApertoError `usage` for options that do not fit each other */
export const checkOptions = (options: SimulateOptions): void => {
  checkBroker(options.broker);
  const problem = spanProblem(options) ?? paceProblem(options) ?? loginProblem(options);
  if (problem !== undefined) throw new ApertoError('usage', problem);
};

const loginProblem = ({ to, logins, password }: SimulateOptions): string | undefined =>
  to === undefined || logins === undefined || password !== undefined
    ? undefined
    : 'a back-fill speaks for all devices over a few connections: give it the login of a gateway, --user with a password';

const spanProblem = ({ from, to, speed, rate }: SimulateOptions): string | undefined => {
  if (to === undefined) return undefined;
  if (from === undefined) return 'an end without a start: give --from too';
  if (!(from < to)) return 'the span is empty: --from must be before --to';
  if (speed === undefined && rate === undefined) return undefined;
  return 'a back-fill runs as fast as it can: leave out --speed and --rate, or leave out --to';
};

const paceProblem = ({
  speed = 1,
  rate = 1,
  cadenceS = defaultCadenceS,
}: SimulateOptions): string | undefined => {
  if (!(speed > 0 && speed <= speedMax)) return `--speed must be above 0 and at most ${speedMax}`;
  if (!(rate > 0 && rate <= rateMax)) return `--rate must be above 0 and at most ${rateMax}`;
  const wrong = Object.values(cadenceS).find((periodS) => !Number.isInteger(periodS) || periodS < 1);
  return wrong === undefined ? undefined : `a cadence of ${wrong} s: give whole seconds, at least one`;
};
