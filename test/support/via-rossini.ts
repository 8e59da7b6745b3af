import { readFileSync } from 'node:fs';
import { parseSite } from '../../model/site.ts';

const file = 'sites/via-rossini.yaml';

/** The site that ships with the project. */
export const viaRossini = parseSite(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), file);
