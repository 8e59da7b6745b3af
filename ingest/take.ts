import type { ParcelOutcome } from './intake.ts';
import type { Account } from './ledger.ts';
import type { Outcome } from './message.ts';
import type { Parcel, ParcelReader } from './parcel.ts';
import type { Pipeline } from './pipeline.ts';
import type { Spool } from './spool/spool.ts';

export interface TakeParts {
  readonly parcels: ParcelReader;
  readonly pipeline: Pipeline;
  readonly spool: Pick<Spool, 'book'>;
}

const nothing: ParcelOutcome = { places: new Uint16Array(0), outcomes: [], accounts: new Map() };

/**
 * The other end of the intake: reads a parcel, and answers once all of it is durable.
 * @param refused what doors turned away since the last parcel
 */
export const take = async (
  { parcels, pipeline, spool }: TakeParts,
  parcel: Parcel,
  refused: ReadonlyMap<Account, number>,
): Promise<ParcelOutcome> => {
  for (const [account, messages] of refused) spool.book(account, messages);
  const messages = parcels.read(parcel);
  if (messages.length === 0) return nothing;
  const { outcomes, accounts } = await pipeline.accept(messages);
  return { ...placesOf(outcomes), accounts };
};

/** Most messages of a parcel share an outcome: each is told once. */
const placesOf = (all: readonly Outcome[]): Pick<ParcelOutcome, 'places' | 'outcomes'> => {
  const places = new Uint16Array(all.length);
  const known = new Map<Outcome, number>();
  for (const [index, outcome] of all.entries()) {
    let place = known.get(outcome);
    if (place === undefined) {
      place = known.size;
      known.set(outcome, place);
    }
    places[index] = place;
  }
  return { places, outcomes: [...known.keys()] };
};
