import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { panelType } from './panel-type.ts';

test('what comes with Grafana 9 passes', () => {
  expect(findings(panelType, [board([panel({ type: 'stat' }), panel({ type: 'heatmap' })])])).toEqual([]);
});

test('a plugin is found', () => {
  const [line] = findings(panelType, [board([panel({ type: 'grafana-clock-panel' })])]);
  expect(line).toMatch(
    /^it\/people\.json:People:panel-type is of the type "grafana-clock-panel"; use one of stat,/,
  );
});
