export type Cell = string | number;

/** A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]/;

const formatCell = (cell: Cell): string => {
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const formatRow = (cells: readonly Cell[]): string => `${cells.map(formatCell).join(',')}\r\n`;

/** A table in CSV (RFC 4180), header first. Text cells cannot become formulas; numbers stay as they are. */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map(formatRow).join('');

export const csvType = 'text/csv';
/** RFC 4180 §3 */
export const csvContentType = `${csvType}; charset=utf-8; header=present`;
