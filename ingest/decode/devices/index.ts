import type { Definition } from '../definition.ts';
import { shellyGen2 } from './shelly/gen2.ts';

/**
 * Every device that Aperto understands beside its own format, in the order in which they are asked: what a topic
 * says for sure comes before what only the payload can tell.
 */
export const devices: readonly Definition[] = [...shellyGen2];
