import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageFile = createRequire(import.meta.url).resolve('#root/package.json');

/** A file of the package, wherever this code runs from. */
export const rootFile = (path: string): string => join(dirname(packageFile), path);

const manifest: { version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));
export const { version } = manifest;

/** The street office that is shipped. */
export const defaultSiteFile = rootFile('sites/via-rossini.yaml');
