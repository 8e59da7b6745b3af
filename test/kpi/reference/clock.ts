const form = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What a wall clock in Rome shows. */
export const clockOf = (
  time: number,
): { readonly date: string; readonly hour: number; readonly weekday: number } => {
  const [date = '', clock = ''] = form.format(time).split(' ');
  const weekday = new Date(`${date}T12:00Z`).getUTCDay();
  return { date, hour: Number(clock.slice(0, 2)), weekday: weekday === 0 ? 7 : weekday };
};

/** Billing holidays of the months that are simulated. */
const holidays = ['2026-01-01', '2026-01-06', '2026-04-06', '2026-04-25', '2026-05-01', '2026-06-02'];

export const bandOf = (time: number): 'f1' | 'f2' | 'f3' => {
  const { date, hour, weekday } = clockOf(time);
  const isRest = weekday === 7 || holidays.includes(date);
  const isNight = hour === 23 || hour < 7;
  if (isRest || isNight) return 'f3';
  return weekday < 6 && hour >= 8 && hour <= 18 ? 'f1' : 'f2';
};

/** The first instant of a local date. */
export const midnight = (date: string): number => {
  for (const offset of ['+02:00', '+01:00']) {
    const time = Date.parse(`${date}T00:00${offset}`);
    if (clockOf(time).date === date && clockOf(time - 1).date !== date) return time;
  }
  throw new Error(`${date} has no midnight`);
};

/** When clocks show four on a local date. */
export const fourOn = (date: string): number => {
  let time = midnight(date);
  while (clockOf(time).hour !== 4) time += 900_000;
  return time;
};
