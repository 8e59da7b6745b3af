export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'aperto-theme';
const listeners = new Set<() => void>();
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const isTheme = (name: string | null): name is Theme => themes.some((theme) => theme === name);

const kept = (): Theme => {
  const given = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(key);
  return isTheme(given) ? given : 'auto';
};

let current = kept();

const show = (): void => {
  if (current === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = current;
  for (const listener of listeners) listener();
};

/** How the pages look: as the system does, or light or dark. */
export const theme = {
  get current(): Theme {
    return current;
  },
  set(next: string): void {
    if (!isTheme(next)) return;
    current = next;
    localStorage.setItem(key, next);
    show();
  },
  apply: show,
  /** Calls back when colours change; returns how to stop. What CSS colours changes by itself. */
  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

prefersDark.addEventListener('change', show);

/** The value of a colour of the style sheet, for what is painted on a canvas. */
export const colour = (name: string): string => {
  const probe = document.createElement('span');
  probe.className = `ap-colour-${name}`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};
