import { ApertoError } from '../../model/errors.ts';
import type { Login } from '../../simulators/access.ts';
import { readText } from '../read-text.ts';

const fail = (path: string): never => {
  throw new ApertoError('config', `--logins ${path}: not what "aperto credentials generate" prints`);
};

/**
 * Reads what `aperto credentials generate` printed, CSV or JSON: the logins of devices, by device id.
 * @throws ApertoError `config` for a file that is something else
 */
export const loadLogins = (path: string): ReadonlyMap<string, Login> => {
  const lines = readText(path, '--logins')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const rows =
    lines[0]?.startsWith('{') === true ? lines.map((line) => fromJson(line, path)) : fromCsv(lines);
  const logins = new Map<string, Login>();
  for (const { device, name, secret } of rows) {
    if (device === undefined || name === undefined || secret === undefined) return fail(path);
    logins.set(device, { username: name, password: secret });
  }
  return logins.size === 0 ? fail(path) : logins;
};

type Row = Readonly<Record<string, string | undefined>>;

const fromCsv = ([head = '', ...lines]: readonly string[]): readonly Row[] => {
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  });
};

const fromJson = (line: string, path: string): Row => {
  try {
    const row: Row = JSON.parse(line);
    return row;
  } catch (error) {
    if (error instanceof SyntaxError) return fail(path);
    throw error;
  }
};
