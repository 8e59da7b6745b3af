import type { Site } from '../../model/site.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * Fills in what those read that run no scripts: search engines, and whoever shows a preview of a link [ogp.me].
 * @param template has `%TITLE%`, `%DESCRIPTION%`, `%URL%` and `%IMAGE%`
 * @param origin as the visitor knows this server
 */
export const sharePage = (template: string, { id, name, city }: Site, origin: string): string => {
  const values: Readonly<Record<string, string>> = {
    TITLE: `${name}, ${city}`,
    DESCRIPTION: `Posti liberi adesso, meteo e Wi-Fi di ${name}. Free seats now, weather and Wi-Fi.`,
    URL: `${origin}/p/${id}`,
    IMAGE: `${origin}/assets/share.png`,
  };
  return template.replaceAll(/%([A-Z]+)%/g, (given, key: string) => escapeHtml(values[key] ?? given));
};
