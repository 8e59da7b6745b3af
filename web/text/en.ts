import { enPages } from './en-pages.ts';
import { enPublic } from './en-public.ts';
import { enWords } from './en-words.ts';
import type { Texts } from './it.ts';

export const en: Texts = { ...enWords, ...enPages, ...enPublic };
