import type { Drawing } from './drawing.ts';

const hourMs = 3_600_000;
const steps = [hourMs / 60, hourMs / 6, hourMs / 2, hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs, 24 * hourMs];
const weekMs = 7 * 24 * hourMs;

/** Times that an axis of a width names, with their text on the clock of the site. */
export const ticksOf = (
  { span, language, timeZone }: Drawing,
  width: number,
): readonly (readonly [number, string])[] => {
  const least = ((span.to - span.from) * 80) / width;
  const step = steps.find((one) => one >= least) ?? Math.ceil(least / weekMs) * weekMs;
  const text = new Intl.DateTimeFormat(
    language,
    step >= 24 * hourMs
      ? { day: '2-digit', month: '2-digit', timeZone }
      : { hour: '2-digit', minute: '2-digit', timeZone, hourCycle: 'h23' },
  );
  const first = Math.ceil(span.from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((span.to - first) / step) + 1) }, (_, index) => {
    const time = first + index * step;
    return [time, text.format(time)] as const;
  });
};

export const timeAxis = (
  drawing: Drawing,
  { left, width, top }: { readonly left: number; readonly width: number; readonly top: number },
): string => {
  const { from, to } = drawing.span;
  return ticksOf(drawing, width)
    .map(([time, text]) => {
      const x = (left + ((time - from) / (to - from)) * width).toFixed(1);
      return `<text class="axis" x="${x}" y="${(top + 15).toFixed(1)}" text-anchor="middle" font-size="11">${text}</text>`;
    })
    .join('');
};
