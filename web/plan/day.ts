import type { api as Api } from '../api/client.ts';
import type { Site } from '../api/types.ts';
import type { PlanSource, SeatState } from './figures.ts';

const quarterMs = 15 * 60_000;

type SeriesApi = Pick<typeof Api, 'series'>;

export interface DayQuestion {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** A city's day in quarter hours would be a long list: then hours. */
export const stepOf = (seats: number): number => (seats > 500 ? 4 * quarterMs : quarterMs);

/** The seats of a day, step by step: the last that each of them said in a step. A silent seat is unknown. */
export class DayOfSeats {
  readonly #question: DayQuestion;
  readonly #states: ReadonlyMap<string, ReadonlyMap<number, SeatState>>;

  private constructor(question: DayQuestion, states: ReadonlyMap<string, ReadonlyMap<number, SeatState>>) {
    this.#question = question;
    this.#states = states;
  }

  static async read(api: SeriesApi, site: Pick<Site, 'id'>, question: DayQuestion): Promise<DayOfSeats> {
    const { from, to, stepMs } = question;
    const states = new Map<string, Map<number, SeatState>>();
    let cursor: string | undefined;
    do {
      const every = `PT${stepMs / 60_000}M`;
      const page = await api.series(
        site.id,
        { measurement: 'occupancy', field: 'occupied', kind: 'seat', from, to, every, agg: 'last' },
        cursor,
      );
      for (const { tags, points } of page.series) {
        const seat = tags.device ?? '';
        const known = states.get(seat) ?? new Map<number, SeatState>();
        states.set(seat, known);
        for (const [time, occupied] of points)
          known.set(Math.floor((Date.parse(time) - from) / stepMs), occupied === 1 ? 'taken' : 'free');
      }
      cursor = page.next;
    } while (cursor !== undefined);
    return new DayOfSeats(question, states);
  }

  get isEmpty(): boolean {
    return this.#states.size === 0;
  }

  get steps(): number {
    const { from, to, stepMs } = this.#question;
    return Math.max(1, Math.ceil((to - from) / stepMs));
  }

  /** The first of which anything is known. */
  get firstStep(): number {
    let first = this.steps - 1;
    for (const known of this.#states.values()) for (const step of known.keys()) first = Math.min(first, step);
    return Math.max(0, first);
  }

  /** When a step ends: what is shown is the last that was said in it. */
  timeOf(step: number): number {
    const { from, to, stepMs } = this.#question;
    return Math.min(to, from + (step + 1) * stepMs);
  }

  at(step: number): PlanSource {
    return { seat: (device) => this.#states.get(device)?.get(step) ?? 'unknown' };
  }
}
