/** Whether a topic matches a filter [MQTT-4.7]: wildcards do not match a first level that starts with $. */
export const matches = (filter: string, topic: string): boolean => {
  const levels = filter.split('/');
  const [first = ''] = levels;
  if (topic.startsWith('$') && (first === '#' || first === '+')) return false;
  const names = topic.split('/');
  for (const [index, level] of levels.entries()) {
    // The level above belongs to it [MQTT-4.7.1-2].
    if (level === '#') return true;
    if (index >= names.length || (level !== '+' && level !== names[index])) return false;
  }
  return levels.length === names.length;
};

export const hasWildcard = (filter: string): boolean => /[+#]/.test(filter);
