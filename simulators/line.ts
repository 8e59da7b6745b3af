/** A way by which messages leave: the MQTT connection of a device, or the posts of somebody who speaks for it. */
export interface Line {
  /** False while nothing can be handed over. */
  readonly connected: boolean;
  /** Messages that wait for their acknowledgement. */
  readonly inFlight: number;
  readonly hasRoom: boolean;
  /** When the other side last acknowledged, by `performance.now()`. */
  readonly heardAt: number;
  /** Hands a message over; the counts tell what became of it. */
  publish(topic: string, payload: string | Uint8Array): void;
  /** Resolves at the next acknowledgement or change of the connection, or after some time. */
  changed(timeoutMs: number): Promise<void>;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Waits for what is in flight, then ends; what is left counts as failed. */
  close(timeoutMs: number): Promise<void>;
}

/** Those who wait for the next change of a line. */
export class Waiting {
  private waiting: (() => void)[] = [];

  /** Resolves at the next `wake`, or after some time. */
  changed(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.waiting.push(done);
    });
  }

  wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const done of waiting) done();
  }
}
