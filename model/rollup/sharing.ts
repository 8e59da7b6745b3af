import { defineMeasurement } from '../measurement.ts';
import { part } from './fields.ts';

/** How several workers on one store agree on its windows. No zone, no device; kept as long as raw points are. */
export const markRollup = defineMeasurement({
  name: 'mark',
  description:
    'A quarter hour in which a worker stored points, told to the worker that makes the windows. Its time is the start of the quarter hour.',
  tags: { worker: undefined },
  fields: {
    noted: part(
      'ms',
      'When the worker told of it last, epoch milliseconds; another value means more points.',
    ),
  },
});

export const watermarkRollup = defineMeasurement({
  name: 'watermark',
  description:
    'How far the windows of a site are, told by the worker that makes them. Its time is the minute in which it told.',
  tags: { worker: undefined },
  fields: {
    watermark: part(
      'ms',
      'All that was stored with a time before this is in the windows, epoch milliseconds.',
    ),
  },
});
