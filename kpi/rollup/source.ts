import type { MeasurementName } from '../../model/measurements.ts';
import type { Tags } from '../../model/point.ts';
import type { History, SeriesColumns } from '../../store/history.ts';
import { hourMs } from '../grid.ts';
import type { Scope } from './scope.ts';

/** How far around a scope is read at once, and how far for a single device that was silent or busy for longer. */
const nearMs = hourMs;
const farMs: readonly number[] = [6 * hourMs, 36 * hourMs, 7 * 24 * hourMs];

/** What figures read of each measurement. */
const wanted: Readonly<Record<MeasurementName, readonly string[]>> = {
  occupancy: ['occupied', 'people', 'in_total', 'out_total', 'in_count', 'out_count'],
  access_point: ['uptime_s', 'uplink_mbit_s'],
  radio: [
    'clients',
    'clients_weak',
    'utilization_pct',
    'noise_dbm',
    'signal_dbm',
    'tx_power_dbm',
    'tx_bytes',
    'rx_bytes',
    'retries_pct',
    'connects',
    'connect_failures_association',
    'connect_failures_authorization',
    'connect_failures_dhcp',
    'connect_failures_dns',
    'time_to_connect_ms',
    'roams',
    'roams_slow',
  ],
  probe: ['latency_ms', 'jitter_ms', 'loss_pct'],
  power: [
    'active_power_w',
    'apparent_power_va',
    'current_a',
    'power_factor',
    'energy_import_wh',
    'energy_export_wh',
  ],
  weather: ['temperature_c'],
  device_health: ['battery_pct', 'link_quality', 'signal_dbm', 'clock_skew_s'],
  pipeline: [],
};

/** Which part of a device's past and future a figure needs beside the scope. */
export interface Reach {
  /** Whether what was read goes back far enough. */
  back(columns: SeriesColumns): boolean;
  /** Whether it goes ahead far enough. */
  ahead(columns: SeriesColumns): boolean;
}

/** Raw points of one scope, read once for all that is made of them. */
export class Source {
  readonly #raw: History;
  readonly #scope: Scope;
  readonly #known = new Map<string, Promise<readonly SeriesColumns[]>>();

  constructor(raw: History, scope: Scope) {
    this.#raw = raw;
    this.#scope = scope;
  }

  /** Series of a measurement, an hour beyond the scope on both sides. */
  read(measurement: MeasurementName, own: Tags = {}): Promise<readonly SeriesColumns[]> {
    const { from, to } = this.#scope;
    const key = `${measurement} ${JSON.stringify(own)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const silenceMs = Math.max(nearMs, ...Object.values(this.#scope.site.max_silence_s).map((s) => s * 1000));
    const read = this.scan(measurement, own, from - silenceMs, to + nearMs);
    this.#known.set(key, read);
    return read;
  }

  /** Series of a measurement from an earlier time on. */
  scan(measurement: MeasurementName, own: Tags, from: number, to: number): Promise<readonly SeriesColumns[]> {
    const { site, now } = this.#scope;
    return this.#raw.scan({
      measurement,
      fields: wanted[measurement],
      from,
      to: Math.min(to, now + nearMs),
      tags: { site: site.id, ...own },
    });
  }

  /** The same, where single series are followed further for as long as `reach` asks for it. */
  async follow(measurement: MeasurementName, own: Tags, reach: Reach): Promise<readonly SeriesColumns[]> {
    const followed: SeriesColumns[] = [];
    for (const near of await this.read(measurement, own)) {
      let columns = near;
      for (const beyondMs of farMs) {
        const back = reach.back(columns);
        const ahead = reach.ahead(columns);
        if (back && ahead) break;
        columns = await this.#widen(
          measurement,
          columns,
          back ? nearMs : beyondMs,
          ahead ? nearMs : beyondMs,
        );
      }
      followed.push(columns);
    }
    return followed;
  }

  async #widen(
    measurement: MeasurementName,
    columns: SeriesColumns,
    backMs: number,
    aheadMs: number,
  ): Promise<SeriesColumns> {
    const { from, to } = this.#scope;
    const { site: _, ...own } = columns.tags;
    const [wider] = await this.scan(measurement, own, from - backMs, to + aheadMs);
    return wider ?? columns;
  }
}
