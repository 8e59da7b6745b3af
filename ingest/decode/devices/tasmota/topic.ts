const prefixes = new Set(['tele', 'stat', 'TELE', 'STAT']);

/**
 * The device of a Tasmota topic without its last level. The owner may order FullTopic as he likes, so `%prefix%` can
 * stand anywhere: what is left without it is the device, in `tele/pow1` as in `street/pow1/tele`.
 */
export const deviceOf = (path: string): string => {
  const levels = path.split('/');
  const prefix = levels.findIndex((level) => prefixes.has(level));
  if (prefix < 0 || levels.length === 1) return path;
  return levels.toSpliced(prefix, 1).join('/');
};
