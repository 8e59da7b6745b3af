import { limits } from '../model/limits.ts';

/**
 * Whether all that a filter takes is within a grant; a topic is a filter that takes itself alone [MQTT §4.7].
 * Wildcards at the front do not reach what belongs to the broker [MQTT-4.7.2-1].
 */
export const covers = (grant: string, asked: string): boolean => {
  if (asked.startsWith('$') && !grant.startsWith('$')) return false;
  const granted = grant.split('/');
  const levels = asked.split('/');
  for (const [index, level] of granted.entries()) {
    // `a/#` takes `a` as well [MQTT §4.7.1.2].
    if (level === '#') return true;
    const other = levels[index];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return granted.length === levels.length;
};

const isLevel = (level: string): boolean => level === '+' || !/[+#\0]/.test(level);

/** Whether MQTT knows it as a topic filter, within the limits of a topic [MQTT-4.7.1-2, MQTT-4.7.1-3, MQTT-4.7.3-1]. */
export const isTopicFilter = (filter: string): boolean => {
  const levels = filter.split('/');
  const last = levels.pop();
  return (
    filter !== '' &&
    Buffer.byteLength(filter) <= limits.topicBytesMax &&
    levels.length < limits.topicLevelsMax &&
    (last === '#' || isLevel(last ?? '')) &&
    levels.every(isLevel)
  );
};
