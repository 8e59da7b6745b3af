import { type Day, hourMs, hourOf, type Interval, minuteMs } from './calendar.ts';
import type { Slot } from './demand.ts';
import type { Random } from './random.ts';
import type { SkyOfDay } from './sky.ts';

/** Mean stay, of which a wish for a seat is turned into a rate of arrivals. */
const meanStayMs = 68 * minuteMs;

/**
 * When one seat is taken on one day. The seat draws alone: while it is free, people arrive at the rate that
 * would fill it to the slot's wish in the long run; they stay for minutes to hours, many leave for lunch, nearly
 * all when rain sets in, and all before closing time.
 */
export const drawSessions = (
  day: Day,
  slots: readonly Slot[],
  sky: SkyOfDay,
  /** How much better than others the seat is liked; 1 is the mean. */
  liking: number,
  random: Random,
): Interval[] => {
  const sessions: Interval[] = [];
  let freeFrom = 0;
  for (const slot of slots) {
    if (freeFrom >= slot.to) continue;
    const wish = Math.min(0.95, slot.wish * liking);
    const rate = wish / (1 - wish) / meanStayMs;
    const from = onHalfSecond(Math.max(slot.from, freeFrom) + random.exponential(1 / Math.max(rate, 1e-12)));
    if (from >= slot.to) continue;
    const hours = day.open.find((open) => from < open.to);
    if (hours === undefined) break;
    const to = onHalfSecond(leaveAt(day, sky, from, hours.to, random));
    freeFrom = to + minuteMs;
    if (to - from >= 2 * minuteMs) sessions.push({ from, to });
  }
  return sessions;
};

const leaveAt = (day: Day, sky: SkyOfDay, from: number, closing: number, random: Random): number => {
  const kind = random.float();
  const medianMs = kind < 0.35 ? 17 * minuteMs : kind < 0.87 ? 66 * minuteMs : 165 * minuteMs;
  let to = Math.min(from + random.logNormal(medianMs, 0.45), closing - random.between(1, 12) * minuteMs);
  const lunch = day.start + random.between(12.4, 13.4) * hourMs;
  if (random.chance(0.5) && from < lunch - hourMs / 2 && to > lunch && hourOf(day, to) < 16.5) to = lunch;
  const patienceMs = random.between(1, 9) * minuteMs;
  const flees = random.chance(0.9);
  for (const spell of sky.spells) {
    const caught = flees && spell.from < to && spell.to > from;
    if (caught) to = Math.min(to, Math.max(from, spell.from) + patienceMs);
  }
  return to;
};

/**
 * What the seat's sensor makes of a session: taken, with a short gap now and then while the person fetches a
 * coffee.
 */
export const sensedIn = (session: Interval, random: Random): Interval[] => {
  const lengthMs = session.to - session.from;
  const away = random.chance(0.3);
  const gapFrom = onHalfSecond(session.from + lengthMs * random.between(0.3, 0.7));
  const gapTo = onHalfSecond(gapFrom + random.between(1, 4) * minuteMs);
  if (!away || lengthMs < 40 * minuteMs) return [session];
  return [
    { from: session.from, to: gapFrom },
    { from: gapTo, to: session.to },
  ];
};

/** Changes fall on half seconds, reports on whole ones: no two messages of a seat share an instant. */
const onHalfSecond = (time: number): number => Math.floor(time / 1000) * 1000 + 500;
