import { en } from './en.ts';
import { it, type Texts } from './it.ts';

export type Language = 'it' | 'en';

const key = 'aperto-language';

const isLanguage = (name: string | null | undefined): name is Language => name === 'it' || name === 'en';

/** The language of the address, else the one chosen before, else the browser's, else Italian. */
const chosen = (): Language => {
  const given = new URLSearchParams(location.search).get('lang');
  if (isLanguage(given)) return given;
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  return navigator.languages.some((name) => name.startsWith('it')) ||
    !navigator.languages.some((name) => name.startsWith('en'))
    ? 'it'
    : 'en';
};

export const language: Language = chosen();
export const t: Texts = language === 'it' ? it : en;
export const locale = language === 'it' ? 'it-IT' : 'en-GB';

/** Remembers the language and shows the page again in it. */
export const setLanguage = (next: Language): void => {
  localStorage.setItem(key, next);
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  location.replace(address);
};
