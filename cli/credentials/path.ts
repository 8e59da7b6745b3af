import { join } from 'node:path';

/** The file of credentials: the one that was named, or that of the data directory. */
export const credentialsPath = (named: string | undefined, dataDirectory: string): string =>
  named ?? join(dataDirectory, 'credentials.json');
