import type { Decoded } from './decoded.ts';
import { decodeNative } from './native/native.ts';

/** Topic and bytes to readings in base units. Never throws: what cannot be read is rejected with a reason. */
export const decode = (topic: string, payload: Uint8Array): Decoded => decodeNative(topic, payload);
