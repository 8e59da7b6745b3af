import { h } from '../dom/element.ts';
import { language, setLanguage, t } from '../text/text.ts';
import { theme, themes } from './theme.ts';

/** A list to pick from, named for those who do not see where it stands. */
export const choice = (
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  onPick: (value: string) => void,
): HTMLElement => {
  const select = h(
    'select',
    { 'aria-label': label, onchange: () => onPick(select.value) },
    ...options.map(([id, text]) => h('option', { value: id, selected: id === value }, text)),
  );
  return h('span', { class: 'ap-choice' }, select);
};

export const languageChoice = (): HTMLElement =>
  choice(
    t.shell.language,
    language,
    [
      ['it', 'Italiano'],
      ['en', 'English'],
    ],
    (next) => setLanguage(next === 'it' ? 'it' : 'en'),
  );

export const themeChoice = (): HTMLElement =>
  choice(
    t.shell.theme,
    theme.current,
    themes.map((name) => [name, t.shell.themes[name]] as const),
    (next) => theme.set(next),
  );
