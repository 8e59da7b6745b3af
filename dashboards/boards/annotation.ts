import type { AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard';
import { sourceOf } from '../queries/dataquery.ts';
import * as events from '../queries/event.ts';
import { toInfluxQL } from '../queries/influxql.ts';
import type { Select } from '../queries/select.ts';
import type { Language, Text } from '../text.ts';

/** Marks on the time axis of every panel of a board: what happened then. */
export interface Annotation {
  readonly name: Text;
  readonly color: string;
  readonly select: Select;
}

/** Whenever Aperto starts, which a new version does. */
export const started: Annotation = {
  name: { it: 'Avvio di Aperto', en: 'Aperto started' },
  color: 'blue',
  select: events.starts(),
};

/** From 10 m/s on parasols are closed; from 10 mm/h on nobody stays. */
export const weatherAlerts: readonly Annotation[] = [
  { name: { it: 'Vento forte', en: 'Strong wind' }, color: 'orange', select: events.windyHours(10) },
  { name: { it: 'Pioggia forte', en: 'Heavy rain' }, color: 'purple', select: events.rainyHours(10) },
];

export const crowded: Annotation = {
  name: { it: 'Oltre la capienza', en: 'Over capacity' },
  color: 'red',
  select: events.crowdedQuarters(),
};

export const outages: Annotation = {
  name: { it: 'Access point spento', en: 'Access point off' },
  color: 'red',
  select: events.outages(),
};

/**
 * As Grafana's InfluxDB source takes it from version 9 on. It reads the text of a mark from a column: that of the tag
 * which stands beside the value.
 */
interface InfluxMarks {
  readonly refId: 'Anno';
  readonly fromAnnotations: true;
  readonly rawQuery: true;
  readonly textEditor: true;
  readonly query: string;
  readonly textColumn: string;
}

/** The SDK's type of a target is that of Grafana's own annotations. */
export type InfluxAnnotation = Omit<AnnotationQuery, 'target'> & { readonly target: InfluxMarks };

export const annotationOf = (
  { name, color, select }: Annotation,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): InfluxAnnotation => ({
  name: name[language],
  datasource: sourceOf(select),
  enable: true,
  hide: false,
  iconColor: color,
  target: {
    refId: 'Anno',
    fromAnnotations: true,
    rawQuery: true,
    textEditor: true,
    query: toInfluxQL(select, timeZone),
    textColumn: select.told[0] ?? '',
  },
});
