import type { Gatherer, Speaker } from '../../measure.ts';
import { isRecord } from '../../measure.ts';

/** Received signal strengths that a gateway can measure, in dBm. */
const rssiMin = -150;
const rssiMax = -2;

const isRssi = (value: unknown): value is number =>
  typeof value === 'number' && value >= rssiMin && value <= rssiMax;

/**
 * The radio link as the gateway that heard the device best saw it: its `rssi` in dBm, and the `snr` in dB of the
 * same gateway.
 */
export const readLink = (gatherer: Gatherer, speaker: Speaker, receptions: unknown): void => {
  if (!Array.isArray(receptions)) return;
  let best: Readonly<Record<string, unknown>> | undefined;
  let bestRssi = Number.NEGATIVE_INFINITY;
  for (const reception of receptions) {
    if (!isRecord(reception) || !isRssi(reception.rssi) || reception.rssi <= bestRssi) continue;
    best = reception;
    bestRssi = reception.rssi;
  }
  if (best === undefined) return;
  gatherer.add(speaker, 'device_health', 'signal_dbm', bestRssi);
  if (typeof best.snr === 'number') gatherer.add(speaker, 'device_health', 'snr_db', best.snr);
};
