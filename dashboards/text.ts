export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

/** One text in every language of the boards. */
export type Text = Readonly<Record<Language, string>>;

/** A text that reads the same in every language: an identifier, a pattern such as `[[tag_zone]]`. */
export const same = (text: string): Text => ({ it: text, en: text });
