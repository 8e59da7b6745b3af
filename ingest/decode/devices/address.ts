import { isIP } from 'node:net';

const mac = /^(?:[0-9a-f]{2}[:.-]?){5}[0-9a-f]{2}$/i;

/** An IP or MAC address where a device's own name is due: it may be anybody's, so it names nothing here. */
export const isAddress = (text: string): boolean => isIP(text) !== 0 || mac.test(text);
