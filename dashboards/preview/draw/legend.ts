import { seriesColor } from '../color.ts';
import { formatValue } from '../format.ts';
import type { Frame } from '../frame.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';

const lineHeight = 20;

/** A third of the panel at most: what does not fit is cut off, in Grafana it scrolls. */
export const legendHeight = ({ frames, height }: Drawing): number =>
  Math.min(lineHeight * (frames.length + 1), Math.floor(height / 3));

const names: Readonly<Record<string, string>> = {
  lastNotNull: 'Last *',
  mean: 'Mean',
  min: 'Min',
  max: 'Max',
  sum: 'Total',
};

const calculate = (name: string, { points }: Frame): number | undefined => {
  const values = points.flatMap(([, value]) => (value === undefined ? [] : [value]));
  const total = values.reduce((sum, value) => sum + value, 0);
  if (values.length === 0) return undefined;
  switch (name) {
    case 'lastNotNull':
      return values.at(-1);
    case 'mean':
      return total / values.length;
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    default:
      return total;
  }
};

export const drawLegend = (drawing: Drawing): string => {
  const { panel, frames, language } = drawing;
  const calcs = panel.options.legend?.calcs ?? [];
  const head = calcs.map((name) => `<th>${names[name] ?? escapeText(name)}</th>`).join('');
  const rows = frames.map((frame, index) => {
    const { look } = frame;
    const cells = calcs.map((name) => {
      const value = calculate(name, frame);
      const text =
        value === undefined ? '–' : formatValue(value, look.unit, { decimals: look.decimals, language });
      return `<td>${escapeText(text)}</td>`;
    });
    return `<tr><th><i style="background:${seriesColor(index)}"></i>${escapeText(look.name)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="legend" style="height:${legendHeight(drawing)}px"><table><tr><th></th>${head}</tr>${rows.join('')}</table></div>`;
};
