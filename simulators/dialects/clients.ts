import type { RadioState } from '../state.ts';
import { hardwareAddressOf } from './vendor.ts';

/** A client that nobody is: its address is locally administered and drawn from a hash. */
export interface InventedClient {
  readonly address: string;
  /** Whole dBm. */
  readonly signalDbm: number;
}

/** Clients below this are weak, as the street counts them. */
const weakBelowDbm = -72;
const usuallyWeakDbm = -77;

/** As many clients as a radio has, as many of them weak as it says, with the mean signal that it says. */
export const inventClients = (
  seed: string,
  { clients, clientsWeak, signalDbm = -60 }: Pick<RadioState, 'clients' | 'clientsWeak' | 'signalDbm'>,
): readonly InventedClient[] => {
  const sum = Math.round(signalDbm * clients);
  const strong = clients - clientsWeak;
  const weakSum =
    strong === 0 || clientsWeak === 0
      ? sum * Number(strong === 0)
      : Math.min(usuallyWeakDbm * clientsWeak, sum - weakBelowDbm * strong);
  const signals = [
    ...spread(weakSum, clientsWeak).map((signal) => Math.min(signal, weakBelowDbm - 1)),
    ...spread(sum - weakSum, strong).map((signal) => Math.max(signal, weakBelowDbm)),
  ];
  return signals.map((signal, index) => ({
    address: hardwareAddressOf('client', seed, String(index)),
    signalDbm: signal,
  }));
};

/** So many whole numbers, as equal as can be, with the sum. */
const spread = (sum: number, count: number): readonly number[] =>
  Array.from(
    { length: count },
    (_, index) => Math.floor(sum / count) + Number(index < sum - count * Math.floor(sum / count)),
  );
