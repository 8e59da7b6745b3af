import type { Band } from '../../../../model/access-point.ts';
import type { Gatherer, Speaker } from '../../measure.ts';

/** Clients that are heard below this are outside of the coverage that they should have. */
const weakBelowDbm = -72;

/** What is known of some clients together. */
export interface ClientSum {
  readonly clients: number;
  /** Clients whose signal is known, how many of them are weak, and the sum of their signals in dBm. */
  readonly heard: number;
  readonly weak: number;
  readonly signalSumDbm: number;
}

export const noClients: ClientSum = { clients: 0, heard: 0, weak: 0, signalSumDbm: 0 };

export const sumClients = (sums: Iterable<ClientSum>): ClientSum => {
  const total = { ...noClients };
  for (const { clients, heard, weak, signalSumDbm } of sums) {
    total.clients += clients;
    total.heard += heard;
    total.weak += weak;
    total.signalSumDbm += signalSumDbm;
  }
  return total;
};

/** A signal in dBm; 0 and what is no signal of a radio stand for "not known". */
const isSignal = (signal: unknown): signal is number =>
  typeof signal === 'number' && signal < 0 && signal >= -130;

/** One more client, of which nothing but its signal in dBm is looked at. */
export const addClient = (sum: ClientSum, signal: unknown): ClientSum => {
  const clients = sum.clients + 1;
  if (!isSignal(signal)) return { ...sum, clients };
  return {
    clients,
    heard: sum.heard + 1,
    weak: sum.weak + Number(signal < weakBelowDbm),
    signalSumDbm: sum.signalSumDbm + signal,
  };
};

export const meanDbm = (signalSumDbm: number, heard: number): number =>
  Number((signalSumDbm / heard).toPrecision(12));

/** Adds what is known of a radio's clients: how many are weak only where every one of them was heard. */
export const gatherClients = (
  gatherer: Gatherer,
  speaker: Speaker,
  band: Band,
  { clients, heard, weak, signalSumDbm }: ClientSum,
): void => {
  gatherer.add(speaker, 'radio', 'clients', clients, { band });
  if (heard === clients) gatherer.add(speaker, 'radio', 'clients_weak', weak, { band });
  if (heard > 0) gatherer.add(speaker, 'radio', 'signal_dbm', meanDbm(signalSumDbm, heard), { band });
};
