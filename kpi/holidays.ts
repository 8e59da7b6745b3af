import { gregorianEaster } from 'date-easter';
import { Temporal } from 'temporal-polyfill';

/** A national holiday that counts for energy billing, with the years in which it does. */
interface Holiday {
  readonly name: string;
  /** Month and day; days after Easter Sunday for a moving one. */
  readonly on: readonly [month: number, day: number] | { readonly afterEaster: number };
  /** First and last year, inclusive. */
  readonly validFrom: number;
  readonly validTo?: number;
}

/**
 * Holidays of the Italian time bands (ARERA, delibera 181/06, all. A). They are not the days on which an office is
 * closed: those stand in its site file. A holiday that becomes national (4 October from 2026, legge 151/2025) is not
 * added before the bands take it: an entry with its `validFrom` does that.
 */
export const billingHolidays: readonly Holiday[] = [
  { name: 'Capodanno', on: [1, 1], validFrom: 2007 },
  { name: 'Epifania', on: [1, 6], validFrom: 2007 },
  { name: "Lunedì dell'Angelo", on: { afterEaster: 1 }, validFrom: 2007 },
  { name: 'Liberazione', on: [4, 25], validFrom: 2007 },
  { name: 'Festa del lavoro', on: [5, 1], validFrom: 2007 },
  { name: 'Festa della Repubblica', on: [6, 2], validFrom: 2007 },
  { name: 'Assunzione', on: [8, 15], validFrom: 2007 },
  { name: 'Ognissanti', on: [11, 1], validFrom: 2007 },
  { name: 'Immacolata Concezione', on: [12, 8], validFrom: 2007 },
  { name: 'Natale', on: [12, 25], validFrom: 2007 },
  { name: 'Santo Stefano', on: [12, 26], validFrom: 2007 },
];

const years = new Map<number, ReadonlyMap<string, string>>();

/** Billing holidays of a year: their names by date (`2026-04-06`). Before the bands began, those of their first year. */
export const holidaysOf = (year: number): ReadonlyMap<string, string> => {
  const known = years.get(year);
  if (known !== undefined) return known;
  const counted = Math.max(year, 2007);
  const made = new Map(
    billingHolidays
      .filter(({ validFrom, validTo = counted }) => validFrom <= counted && counted <= validTo)
      .map(({ name, on }) => [dateOf(on, year).toString(), name]),
  );
  years.set(year, made);
  return made;
};

const dateOf = (on: Holiday['on'], year: number): Temporal.PlainDate => {
  if ('afterEaster' in on) {
    const { month, day } = gregorianEaster(year);
    return Temporal.PlainDate.from({ year, month, day }).add({ days: on.afterEaster });
  }
  const [month, day] = on;
  return Temporal.PlainDate.from({ year, month, day });
};

/** Whether a local date (`2026-04-06`) is a holiday for billing. */
export const isBillingHoliday = (date: string): boolean => holidaysOf(Number(date.slice(0, 4))).has(date);
