import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import type { VariableName } from '../queries/variable.ts';
import type { Language, Text } from '../text.ts';

/** A board about one device, which panels that draw a series or a row for each device lead to. */
export type Detail = 'seat' | 'access-point' | 'meter';

const boards: Readonly<Record<Detail, { readonly variable: VariableName; readonly title: Text }>> = {
  seat: { variable: 'seat', title: { it: 'Apri questo posto', en: 'Open this seat' } },
  'access-point': {
    variable: 'access_point',
    title: { it: 'Apri questo access point', en: 'Open this access point' },
  },
  meter: { variable: 'meter', title: { it: 'Apri questo contatore', en: 'Open this meter' } },
};

export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank: boolean;
}

/** Keeps the time range, the source and the place. @param device what Grafana replaces by the device's id */
const linkTo = (detail: Detail, language: Language, device: string): DataLink => {
  const { variable, title } = boards[detail];
  const kept = [
    `\${__url_time_range}`,
    `\${datasource:queryparam}`,
    `\${site:queryparam}`,
    `\${zone:queryparam}`,
  ];
  return {
    title: title[language],
    url: `/d/aperto-${detail}-${language}?${[...kept, `var-${variable}=${device}`].join('&')}`,
    targetBlank: false,
  };
};

/** From a series that has the tag `device`. */
export const linkOfSeries = (detail: Detail, language: Language): DataLink =>
  linkTo(detail, language, `\${__field.labels.device}`);

/** From the cell of a table that holds the device. */
export const linkOfCell = (detail: Detail, language: Language): DataLink =>
  // Not `text`: mappings show a meter by its name.
  linkTo(detail, language, `\${__value.raw}`);

/** Grafana's links of data have fewer fields than the SDK's type, which is that of a board's links. */
export const asBuilder = (link: DataLink): Builder<DashboardLink> => ({
  build: () => link as DashboardLink,
});
