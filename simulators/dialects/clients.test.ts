import { expect, test } from 'vitest';
import { inventClients } from './clients.ts';

const meanOf = (signals: readonly number[]): number =>
  signals.reduce((sum, signal) => sum + signal, 0) / signals.length;

test.each([
  [12, 3, -64.3],
  [5, 0, -55.1],
  [4, 4, -80.2],
  [9, 8, -74.9],
  [1, 0, -71.6],
  [30, 29, -79.4],
])('%i clients, %i of them weak, have the mean signal of %d dBm', (clients, clientsWeak, signalDbm) => {
  const invented = inventClients('phy0-ap0', { clients, clientsWeak, signalDbm });
  const signals = invented.map((client) => client.signalDbm);
  expect(signals.every(Number.isInteger)).toBe(true);
  expect(signals.filter((signal) => signal < -72).length).toBe(clientsWeak);
  expect(Math.abs(meanOf(signals) - signalDbm)).toBeLessThanOrEqual(0.5);
  expect(new Set(invented.map(({ address }) => address)).size).toBe(clients);
  expect(invented.every(({ address }) => /^02(?::[0-9a-f]{2}){5}$/.test(address))).toBe(true);
});

test('nobody has no signal', () => {
  expect(inventClients('phy0-ap0', { clients: 0, clientsWeak: 0 })).toEqual([]);
});
