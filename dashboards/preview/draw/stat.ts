import { stepColor } from '../color.ts';
import { formatValue } from '../format.ts';
import { lastOf } from '../frame.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';

export const drawStat = ({ panel, frames, language, height, width }: Drawing): string => {
  const shown = frames.flatMap((frame) => {
    const value = lastOf(frame);
    return value === undefined ? [] : [{ look: frame.look, value }];
  });
  const size = Math.round(Math.min(height / (shown.length > 1 ? 3.2 : 1.8), width / 6, 64));
  const named = panel.options.textMode === 'value_and_name';
  return `<div class="stat">${shown
    .map(({ look, value }) => {
      const text = formatValue(value, look.unit, { decimals: look.decimals, language });
      const name = named ? `<small>${escapeText(look.name)}</small>` : '';
      return `<div>${name}<b style="font-size:${size}px;color:${stepColor(value, look.steps)}">${escapeText(text)}</b></div>`;
    })
    .join('')}</div>`;
};
