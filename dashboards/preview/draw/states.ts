import { hex, stepColor } from '../color.ts';
import type { Frame } from '../frame.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';
import { timeAxis } from './time-axis.ts';

const namesWidth = 150;
const axisHeight = 22;

export const drawStates = (drawing: Drawing): string => {
  const { frames, width, height, span } = drawing;
  const rowHeight = Math.min(40, (height - axisHeight) / Math.max(1, frames.length));
  const scale = (width - namesWidth) / (span.to - span.from);
  const place = (time: number): number => namesWidth + (Math.max(span.from, time) - span.from) * scale;
  const rows = frames.map((frame, row) => {
    const y = row * rowHeight;
    const stretches = stretchesOf(frame, span.to).map(
      ({ from, to, color }) =>
        `<rect x="${place(from).toFixed(1)}" y="${(y + 1).toFixed(1)}" width="${Math.max(0.5, (to - from) * scale).toFixed(1)}" height="${(rowHeight - 2).toFixed(1)}" fill="${color}"/>`,
    );
    const size = Math.min(12, rowHeight);
    return `<text x="${namesWidth - 8}" y="${(y + rowHeight / 2 + size / 3).toFixed(1)}" text-anchor="end" font-size="${size}">${escapeText(frame.look.name)}</text>${stretches.join('')}`;
  });
  const axis = timeAxis(drawing, {
    left: namesWidth,
    width: width - namesWidth,
    top: rowHeight * frames.length,
  });
  return `<svg width="${width}" height="${height}">${rows.join('')}${axis}</svg>`;
};

/** Neighbours of one colour joined; a window without a value is left out. */
const stretchesOf = ({ points, look }: Frame, end: number) => {
  const stretches: { from: number; to: number; color: string }[] = [];
  for (const [index, [time, value]] of points.entries()) {
    if (value === undefined) continue;
    const mapped = look.mappings[0]?.options[String(value)]?.color;
    const color = mapped === undefined ? stepColor(value, look.steps) : hex(mapped);
    const to = points[index + 1]?.[0] ?? end;
    const before = stretches.at(-1);
    if (before?.to === time && before.color === color) before.to = to;
    else stretches.push({ from: time, to, color });
  }
  return stretches;
};
