import { lastOf } from '../frame.ts';
import { drawBarGauge } from './bar-gauge.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';
import { drawHeatmap } from './heatmap.ts';
import { drawStat } from './stat.ts';
import { drawStates } from './states.ts';
import { drawTable } from './table.ts';
import { drawTimeseries } from './timeseries.ts';

/** A panel as HTML; its text for "no value" where it has none. */
export const draw = (drawing: Drawing): string => {
  const { panel, frames, answers } = drawing;
  if (panel.type === 'table') return answers.flat().length === 0 ? nothing(drawing) : drawTable(drawing);
  if (!frames.some((frame) => lastOf(frame) !== undefined)) return nothing(drawing);
  switch (panel.type) {
    case 'stat':
      return drawStat(drawing);
    case 'bargauge':
      return drawBarGauge(drawing);
    case 'timeseries':
      return drawTimeseries(drawing);
    case 'state-timeline':
      return drawStates(drawing);
    case 'heatmap':
      return drawHeatmap(drawing);
  }
};

const nothing = ({ panel }: Drawing): string =>
  `<p class="nothing">${escapeText(panel.fieldConfig.defaults.noValue)}</p>`;
