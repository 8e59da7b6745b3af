/** Units that grow by thousands, with their sign. */
const scaled: Readonly<Record<string, string>> = {
  watt: 'W',
  watth: 'Wh',
  voltamp: 'VA',
  voltampreact: 'var',
  bps: 'bit/s',
  decbytes: 'B',
};
const prefixes = ['', 'k', 'M', 'G', 'T'];

const plain: Readonly<Record<string, string>> = {
  percent: ' %',
  ms: ' ms',
  volt: ' V',
  amp: ' A',
  hertz: ' Hz',
  currencyEUR: ' €',
  dBm: ' dBm',
  celsius: ' °C',
  pressurehpa: ' hPa',
  velocityms: ' m/s',
  lux: ' lx',
  conμgm3: ' µg/m³',
  Mbits: ' Mbit/s',
};

/** A number in a unit of Grafana, roughly as Grafana writes it. */
export const formatValue = (
  value: number,
  unit: string,
  { decimals, language }: { readonly decimals?: number | undefined; readonly language: string },
): string => {
  const round = (figure: number, places = decimals ?? (Math.abs(figure) < 10 ? 2 : 1)): string =>
    figure.toLocaleString(language, { maximumFractionDigits: places });
  if (unit === 's') return duration(value, round);
  const base = scaled[unit];
  if (base !== undefined) {
    const step = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) / 3);
    const power = Math.max(0, Math.min(prefixes.length - 1, step));
    return `${round(value / 1000 ** power, power === 0 ? (decimals ?? 0) : 1)} ${prefixes[power]}${base}`;
  }
  if (unit.startsWith('suffix:')) return `${round(value)} ${unit.slice('suffix:'.length)}`;
  if (unit === 'dateTimeFromNow') return new Date(value).toLocaleString(language);
  return `${round(value)}${plain[unit] ?? ''}`;
};

const duration = (seconds: number, round: (figure: number) => string): string => {
  const size = Math.abs(seconds);
  if (size < 60) return `${round(seconds)} s`;
  if (size < 3_600) return `${round(seconds / 60)} min`;
  return size < 86_400 ? `${round(seconds / 3_600)} h` : `${round(seconds / 86_400)} d`;
};
