import type { Rebirth } from '../../decoded.ts';
import type { Context } from '../../definition.ts';
import type { Memory } from '../../memory.ts';
import type { Who } from './birth.ts';

/** How a node's messages follow one another since its birth. */
export interface Session {
  /** Number of the latest message, 0 to 255. */
  readonly seq: number;
  /** Pairs a birth with its death. */
  readonly bdSeq: number | undefined;
  /** True while no message was missed, so that what the births said still holds. */
  readonly whole: boolean;
}

const sessionKey = ({ group, node }: Who): string => `sparkplug/session/${group}/${node}`;
const askedKey = ({ group, node }: Who): string => `sparkplug/asked/${group}/${node}`;
const devicesKey = ({ group, node }: Who): string => `sparkplug/devices/${group}/${node}`;

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export const recallSession = (memory: Memory, who: Who): Session | undefined => {
  const row = memory.get(sessionKey(who));
  if (!Array.isArray(row)) return undefined;
  const [seq, bdSeq, whole] = row;
  return { seq: numberOr(seq) ?? 0, bdSeq: numberOr(bdSeq), whole: whole === true };
};

export const rememberSession = (memory: Memory, who: Who, { seq, bdSeq, whole }: Session): void =>
  memory.set(sessionKey(who), [seq, bdSeq ?? null, whole]);

export const forgetSession = (memory: Memory, who: Who): void => memory.delete(sessionKey(who));

/**
 * Counts a message in and tells whether it follows the one before: each number is one more than the last, 0 after
 * 255 [tck-id-payloads-sequence-num-incrementing]. The same number again is a message sent twice.
 */
export const follow = (memory: Memory, who: Who, seq: number): boolean => {
  const session = recallSession(memory, who);
  if (session === undefined) return false;
  if (seq === session.seq) return session.whole;
  const whole = session.whole && seq === (session.seq + 1) % 256;
  rememberSession(memory, who, { ...session, seq, whole });
  return whole;
};

const askAgainMs = 60_000;

/** The wish that a node announces itself again, at most once a minute. */
export const rebirthOf = ({ memory, receivedAt }: Context, who: Who): Rebirth | undefined => {
  const askedAt = memory.get(askedKey(who));
  const age = typeof askedAt === 'number' ? receivedAt - askedAt : Number.POSITIVE_INFINITY;
  if (age >= 0 && age < askAgainMs) return undefined;
  memory.set(askedKey(who), receivedAt);
  return { group: who.group, node: who.node };
};

const devicesMax = 1_000;

/** Devices that were born under a node. */
export const recallDevices = (memory: Memory, who: Who): readonly string[] => {
  const known = memory.get(devicesKey(who));
  return Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
};

export const rememberDevices = (memory: Memory, who: Who, devices: readonly string[]): void =>
  memory.set(devicesKey(who), devices.slice(0, devicesMax));
