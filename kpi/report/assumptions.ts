import type { Estimate, SavingsAssumptions } from '../../model/savings.ts';
import type { Language, Text } from './contents.ts';
import { escapeHtml } from './escape.ts';
import { number } from './format.ts';
import { phrases } from './words.ts';

const names = {
  employees: { it: 'Dipendenti', en: 'Employees' },
  meetings_per_year: { it: "Riunioni fra sedi l'anno", en: 'Meetings between offices a year' },
  trips_avoided_per_meeting: { it: 'Trasferte evitate per riunione', en: 'Trips avoided per meeting' },
  cost_per_trip: { it: 'Costo di una trasferta (€)', en: 'Cost of a trip (€)' },
  telephone_per_year: { it: "Telefono (€ l'anno)", en: 'Telephone (€ a year)' },
  licences_per_year: { it: "Licenze (€ l'anno)", en: 'Licences (€ a year)' },
  energy_per_year: { it: "Energia (€ l'anno)", en: 'Energy (€ a year)' },
} as const satisfies Readonly<Record<keyof SavingsAssumptions, Text>>;

/** What the savings are reckoned from: range, reason, source, and whether the administration has confirmed it. */
export const assumptionsHtml = (assumptions: SavingsAssumptions | undefined, language: Language): string => {
  if (assumptions === undefined) return '';
  const { employees, ...estimates } = assumptions;
  const given = Object.entries(estimates).map(([name, estimate]) => ({
    name: nameOf(name, language),
    estimate,
  }));
  const context = [number(employees, language), phrases.context[language], '', ''];
  const lines = [
    lineHtml(names.employees[language], context),
    ...given.map(({ name, estimate }) => lineHtml(name, cellsOf(estimate, language))),
  ];
  const head = [phrases.assumption, phrases.value, phrases.because, phrases.source, phrases.state]
    .map((phrase, place) => `<th scope="col"${isText(place - 1)}>${escapeHtml(phrase[language])}</th>`)
    .join('');
  const open = given.filter(({ estimate }) => estimate.confirmed === undefined).map(({ name }) => name);
  return (
    `<h3>${escapeHtml(phrases.assumptions[language])}</h3>${openHtml(open, language)}` +
    `<table class="wide"><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  );
};

const nameOf = (name: string, language: Language): string => {
  const known: Readonly<Record<string, Text>> = names;
  return known[name]?.[language] ?? name;
};

/** Expected value and range, reason, source, state. */
const cellsOf = (
  { low, expected, high, because, source, confirmed }: Estimate,
  language: Language,
): readonly string[] => [
  `${number(expected, language)} (${number(low, language)} – ${number(high, language)})`,
  because[language],
  source[language],
  confirmed === undefined
    ? phrases.unconfirmed[language]
    : `${phrases.confirmedBy[language]} ${confirmed.by}, ${confirmed.on}`,
];

const isText = (place: number): string => (place > 0 ? ' class="text"' : '');

const lineHtml = (name: string, cells: readonly string[]): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((text, place) => `<td${isText(place)}>${escapeHtml(text)}</td>`).join('')}</tr>`;

/** Which of them nobody has confirmed yet. */
const openHtml = (open: readonly string[], language: Language): string => {
  if (open.length === 0) return '';
  const { awaiting, awaitingUntil } = phrases;
  const text = `${awaiting[language]} ${open.join(', ')}. ${awaitingUntil[language]}`;
  return `<p class="note"><strong>${escapeHtml(text)}</strong></p>`;
};
