const pattern =
  /^(?:(\d{1,4})w)?(?:(\d{1,5})d)?(?:(\d{1,2}):(\d\d):(\d\d)|(?:(\d{1,2})h)?(?:(\d{1,2})m)?(?:(\d{1,2})s)?)$/;

/** Seconds of a time as RouterOS writes it: `1w2d03:04:05`, `1w2d3h4m5s`; `undefined` where it is none. */
export const toSeconds = (text: string): number | undefined => {
  const match = text === '' ? null : pattern.exec(text);
  if (match === null) return undefined;
  const [, weeks, days, clockHours, clockMinutes, clockSeconds, hours, minutes, seconds] = match;
  const number = (digits: string | undefined): number => Number(digits ?? 0);
  return (
    number(weeks) * 604_800 +
    number(days) * 86_400 +
    (number(clockHours) + number(hours)) * 3_600 +
    (number(clockMinutes) + number(minutes)) * 60 +
    number(clockSeconds) +
    number(seconds)
  );
};
