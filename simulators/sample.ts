import type { PlacedKind } from '../model/topic.ts';
import type { State } from './state.ts';
import type { Street } from './street.ts';

/** A device of the fleet. */
export interface SimulatedDevice {
  readonly id: string;
  readonly kind: PlacedKind;
  /** The site's device whose states it shows; its own id unless it is a replica. */
  readonly twin: string;
  /** How long behind its twin it is, whole seconds in milliseconds. */
  readonly lagMs: number;
}

/** What a device measured at an instant. */
export interface Sample {
  /** Simulated time, epoch milliseconds. */
  readonly time: number;
  /** What the device's own clock says: the time that it writes into its messages. */
  readonly clock: number;
  readonly device: SimulatedDevice;
  readonly state: State;
}

/** What a device measures at an instant, if it says anything. */
export const sampleOf = (street: Street, device: SimulatedDevice, time: number): Sample | undefined => {
  const state = street.at({ id: device.twin, kind: device.kind }, time - device.lagMs);
  return state && { time, clock: time, device, state };
};

/** How a device is at an instant. */
export const statusOf = (street: Street, device: SimulatedDevice, time: number): Sample => {
  const state = street.status({ id: device.twin, kind: device.kind }, time - device.lagMs);
  return { time, clock: time, device, state };
};
