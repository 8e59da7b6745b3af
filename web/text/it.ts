import { itPages } from './it-pages.ts';
import { itPublic } from './it-public.ts';
import { itWords } from './it-words.ts';

/** All that the board says, in Italian. English has the same keys. */
export const it = { ...itWords, ...itPages, ...itPublic };
export type Texts = typeof it;
