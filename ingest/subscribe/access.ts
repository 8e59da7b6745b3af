/** Which broker, and who we are to it. */
export interface BrokerAccess {
  /** `mqtt:`, `mqtts:`, `ws:` or `wss:`, without user and password. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM. Where `ca` is absent, the system's authorities are believed. */
  readonly tls?: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
}

export interface Timings {
  readonly keepaliveS: number;
  /** CONNACK, SUBACK and UNSUBACK. */
  readonly answerTimeoutMs: number;
  /** What the broker keeps for a worker that is away is gone after this. */
  readonly sessionExpiryS: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** A connection that held this long starts the back-off anew. */
  readonly steadyMs: number;
  /** Nothing comes for this long, and there is no more: of retained values, of what waits for a worker that leaves. */
  readonly quietMs: number;
  /** How long a close waits for what is on its way to become durable. */
  readonly closeTimeoutMs: number;
}

export const defaultTimings: Timings = {
  keepaliveS: 30,
  answerTimeoutMs: 10_000,
  sessionExpiryS: 7 * 24 * 3_600,
  backoffFirstMs: 500,
  backoffMaxMs: 30_000,
  steadyMs: 10_000,
  quietMs: 2_000,
  closeTimeoutMs: 5_000,
};
