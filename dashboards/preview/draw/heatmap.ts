import { z } from 'zod';
import { formatValue } from '../format.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';
import { niceTicks } from './scale.ts';
import { timeAxis } from './time-axis.ts';

const left = 64;
const bottom = 22;
const columnsMax = 60;

const bucketOf = z.looseObject({
  calculation: z.looseObject({ yBuckets: z.looseObject({ value: z.coerce.number() }) }),
});

/** How often which values were seen: the darker, the more. */
export const drawHeatmap = (drawing: Drawing): string => {
  const { panel, frames, width, height, span, language } = drawing;
  const size = bucketOf.parse(panel.options).calculation.yBuckets.value;
  const counts = new Map<string, number>();
  let top = size;
  for (const [time, value] of frames.flatMap(({ points }) => points)) {
    if (value === undefined) continue;
    const column = Math.min(
      columnsMax - 1,
      Math.floor(((time - span.from) / (span.to - span.from)) * columnsMax),
    );
    const row = Math.floor(value / size);
    top = Math.max(top, (row + 1) * size);
    const key = `${column} ${row}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const most = Math.max(1, ...counts.values());
  const [w, h] = [(width - left - 8) / columnsMax, ((height - bottom) * size) / top];
  const cells = [...counts].map(([key, count]) => {
    const [column = 0, row = 0] = key.split(' ').map(Number);
    const opacity = 0.15 + 0.85 * Math.sqrt(count / most);
    return `<rect x="${(left + column * w).toFixed(1)}" y="${(height - bottom - (row + 1) * h).toFixed(1)}" width="${(w - 0.5).toFixed(1)}" height="${Math.max(0.5, h - 0.5).toFixed(1)}" fill="#ff9830" fill-opacity="${opacity.toFixed(2)}"/>`;
  });
  const { unit, decimals } = panel.fieldConfig.defaults;
  const labels = niceTicks(0, top, 5).map((value) => {
    const y = (height - bottom) * (1 - value / top) + 4;
    return `<text class="axis" x="${left - 6}" y="${Math.max(10, y).toFixed(1)}" text-anchor="end" font-size="11">${escapeText(formatValue(value, unit, { decimals, language }))}</text>`;
  });
  const axis = timeAxis(drawing, { left, width: width - left - 8, top: height - bottom });
  return `<svg width="${width}" height="${height}">${cells.join('')}${labels.join('')}${axis}</svg>`;
};
