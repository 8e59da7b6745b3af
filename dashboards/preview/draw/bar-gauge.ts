import { stepColor } from '../color.ts';
import { formatValue } from '../format.ts';
import { lastOf } from '../frame.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';

export const drawBarGauge = ({ panel, frames, language }: Drawing): string => {
  const shown = frames.flatMap((frame) => {
    const value = lastOf(frame);
    return value === undefined ? [] : [{ look: frame.look, value }];
  });
  const values = shown.map(({ value }) => value);
  const low = panel.fieldConfig.defaults.min ?? Math.min(...values);
  const high = panel.fieldConfig.defaults.max ?? Math.max(...values, low + 1e-9);
  return `<div class="bars">${shown
    .map(({ look, value }) => {
      const share = Math.max(0, Math.min(100, (100 * (value - low)) / (high - low)));
      const color = stepColor(value, look.steps);
      const text = formatValue(value, look.unit, { decimals: look.decimals, language });
      return `<span>${escapeText(look.name)}</span><i><i style="width:${share.toFixed(1)}%;background:${color}"></i></i><b style="color:${color}">${escapeText(text)}</b>`;
    })
    .join('')}</div>`;
};
