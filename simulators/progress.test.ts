import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type ProgressStream, reportProgress } from './progress.ts';

const from = Date.parse('2026-06-01T00:00:00Z');
const span = { from, to: from + 86_400_000, failed: 0 };

const collect = (isTTY: boolean): { stream: ProgressStream; text: () => string } => {
  const through = new PassThrough();
  const stream = Object.assign(through, { isTTY, columns: 120, cursorTo: () => true, clearLine: () => true });
  const chunks: string[] = [];
  through.on('data', (chunk) => chunks.push(String(chunk)));
  return { stream, text: () => chunks.join('') };
};

test('away from a terminal it writes whole lines: the first, one now and then, the last', () => {
  const { stream, text } = collect(false);
  const report = reportProgress(stream);
  for (let hour = 0; hour <= 24; hour++) {
    report.update({ ...span, time: from + hour * 3_600_000, published: hour * 10, acked: hour * 10 });
  }
  report.stop();
  expect(text()).toBe(
    'back-fill 0 % | 2026-06-01T00:00 | 0 of 0 acknowledged\n' +
      'back-fill 100 % | 2026-06-02T00:00 | 240 of 240 acknowledged\n',
  );
});

test('on a terminal it draws a bar', () => {
  const { stream, text } = collect(true);
  const report = reportProgress(stream);
  report.update({ ...span, time: from, published: 1, acked: 0 });
  report.update({ ...span, time: span.to, published: 500, acked: 500 });
  report.stop();
  expect(text()).toContain('100 % | 2026-06-02T00:00 | 500 of 500 acknowledged');
  expect(text()).toContain('█');
});
