/** MAC addresses with or without separators, IPv4, and IPv6 in full or shortened: also inside a longer name. */
const patterns = [
  /(?<![0-9a-z])(?:[0-9a-f]{2}[:.-]){5}[0-9a-f]{2}(?![0-9a-z])/,
  /(?<![0-9a-z])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![0-9a-z])/,
  /(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/,
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/,
  /(?<![0-9a-z])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![0-9a-z])/,
  /(?<![0-9a-z])(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}:)*(?:[0-9a-f]{1,4})?(?![0-9a-z])/,
];
const any = patterns.map(({ source }) => source).join('|');
const inside = new RegExp(any, 'i');
const every = new RegExp(any, 'gi');

/**
 * True where a name that a payload gives a device has an address in it: it may be anybody's, so it names nothing
 * here. Names in topics are the device's own and stay as they are.
 */
export const hasAddress = (text: string): boolean => inside.test(text);

export const withoutAddresses = (text: string): string => text.replace(every, '');
