import { existsSync } from 'node:fs';
import type { Site } from '../model/site.ts';
import { loadSite } from './load-site.ts';
import { rootFile } from './root.ts';

/** A site by its file, or by its id where its file lies beside the one that is shipped. */
export const findSite = (name: string): Site => {
  const shipped = rootFile(`sites/${name}.yaml`);
  return loadSite(/^[\w-]+$/.test(name) && existsSync(shipped) ? shipped : name);
};
