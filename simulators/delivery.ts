import type { Message } from './messages.ts';

/** A message on its way to the wire, after faults had their way with it. */
export interface Delivery extends Message {
  /** The device's TCP connection is cut right after this message was handed to it. */
  readonly cut?: true;
}
