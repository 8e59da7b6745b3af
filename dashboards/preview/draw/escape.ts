const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML and SVG, between tags or in an attribute. */
export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
