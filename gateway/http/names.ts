const namesShown = 100;

/** "a, b, c": what exists, for a message to one who asked for something else. Cut where a city would fill it. */
export const listNames = (names: Iterable<string>): string => {
  const all = [...names];
  if (all.length === 0) return 'none';
  const rest = all.length - namesShown;
  return rest > 0 ? `${all.slice(0, namesShown).join(', ')} and ${rest} more` : all.join(', ');
};
