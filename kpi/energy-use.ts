import { importWh } from './energy.ts';
import { type Evidence, elapsedOf, knownOf, merged, row, share } from './evidence.ts';
import type { Figure, Known } from './figure.ts';
import { hourMs } from './grid.ts';
import { tariffBands } from './tariff-band.ts';

/** Energy taken and given back; of what was taken, how much was integrated from power or spread over a silence. */
export const energy = (evidence: Evidence): readonly Figure[] => {
  const part = merged('energy', evidence.rows.energy);
  const known = knownOf(part.valid_ms, evidence, 'meter');
  const statistics = {
    import: importWh(part),
    export: part.export_wh ?? 0,
    integrated: part.integrated_wh ?? 0,
    bridged: part.bridged_wh ?? 0,
  };
  return Object.entries(statistics).map(([statistic, wh]) =>
    row('energy', evidence, known, wh / 1000, { by: { statistic } }),
  );
};

/** Energy taken by Italian time band. */
export const energyByBand = (evidence: Evidence): readonly Figure[] => {
  const part = merged('energy', evidence.rows.energy);
  const known = knownOf(part.valid_ms, evidence, 'meter');
  return tariffBands.map((band) =>
    row('energy_by_band', evidence, known, (part[`import_${band}_wh`] ?? 0) / 1000, {
      by: { tariff_band: band },
    }),
  );
};

/** Energy taken ÷ occupied seat-hours, where silent seats are taken to be used as the others are. */
export const energyPerOccupiedHour = (evidence: Evidence): readonly Figure[] => {
  const part = merged('energy', evidence.rows.energy);
  const { valid_ms = 0, occupied_ms = 0 } = merged('seat', evidence.rows.seat);
  const seatMs = elapsedOf(evidence.window) * (evidence.devices.seat ?? 0);
  const occupiedHours = valid_ms > 0 ? ((occupied_ms / valid_ms) * seatMs) / hourMs : 0;
  const known = leastKnown(knownOf(part.valid_ms, evidence, 'meter'), knownOf(valid_ms, evidence, 'seat'));
  return [
    row('energy_per_occupied_hour', evidence, known, share(importWh(part) / 1000, occupiedHours, 'no_users')),
  ];
};

const leastKnown = (a: Known, b: Known): Known =>
  a.validMs * b.elapsedMs <= b.validMs * a.elapsedMs ? a : b;
