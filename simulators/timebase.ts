import type { Clock } from '../model/clock.ts';

/** Simulated time against wall time: it starts at `simulatedStart` and runs `speed` times as fast. */
export class Timebase {
  private readonly clock: Clock;
  private readonly simulatedStart: number;
  private readonly wallStart: number;
  private readonly speed: number;

  constructor(clock: Clock, speed: number, simulatedStart = clock.now()) {
    this.clock = clock;
    this.simulatedStart = simulatedStart;
    this.wallStart = clock.now();
    this.speed = speed;
  }

  /** Simulated time, whole milliseconds. */
  now(): number {
    return Math.floor(this.simulatedStart + (this.clock.now() - this.wallStart) * this.speed);
  }

  /** Wall time at which a simulated instant is due, whole milliseconds: what a device's own clock says then. */
  wallAt(simulated: number): number {
    return Math.floor(this.wallStart + (simulated - this.simulatedStart) / this.speed);
  }

  /** Milliseconds to wait until a simulated instant is due; negative when it is past. */
  delayMs(simulated: number): number {
    return this.wallAt(simulated) - this.clock.now();
  }
}
