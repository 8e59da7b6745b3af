import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { bands } from '../../model/access-point.ts';
import type { Site } from '../../model/site.ts';
import { datasource } from '../queries/dataquery.ts';
import { tagValues } from '../queries/tag-values.ts';
import { chosen, place, type VariableName } from '../queries/variable.ts';
import type { Language, Text } from '../text.ts';

/** A choice at the head of a board. */
export interface Variable {
  readonly name: VariableName | 'datasource' | 'windows';
  readonly build: (site: Site, language: Language) => Builder<VariableModel>;
}

/** Name and uid of the data source that the provisioning files set up: what a board opens with. */
export const datasourceName = 'aperto';

export const dataSource: Variable = {
  name: 'datasource',
  build: (_site, language) =>
    new DatasourceVariableBuilder('datasource')
      .label({ it: 'Sorgente dati', en: 'Data source' }[language])
      .type('influxdb')
      .current({ selected: true, text: datasourceName, value: datasourceName }),
};

/** Name and uid of the data source of the windows. */
export const windowSourceName = 'aperto-windows';

export const windowSource: Variable = {
  name: 'windows',
  build: (_site, language) =>
    new DatasourceVariableBuilder('windows')
      .label({ it: 'Sorgente finestre', en: 'Window source' }[language])
      .type('influxdb')
      .regex('/windows/')
      .current({ selected: true, text: windowSourceName, value: windowSourceName }),
};

/** What a board is about: its sites and zones are those that have it. */
type Subject = 'occupancy' | 'access_point' | 'power' | 'device_health' | 'pipeline';

/** One site at a time: thresholds such as the contracted power are those of one. */
export const site = (subject: Subject): Variable => ({
  name: 'site',
  build: ({ id }, language) =>
    ofStore('site', { it: 'Sede', en: 'Site' }[language], tagValues(subject, 'site', {}))
      .multi(false)
      .includeAll(false)
      .current({ selected: true, text: id, value: id }),
});

const several = (name: VariableName, label: Text, query: string): Variable => ({
  name,
  build: (_site, language) =>
    ofStore(name, label[language], query)
      .multi(true)
      .includeAll(true)
      // Matches any tag value without listing them all in each query.
      .allValue('.*')
      .current({ selected: true, text: ['All'], value: ['$__all'] }),
});

const ofStore = (name: VariableName, label: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);

export const zone = (subject: Subject): Variable =>
  several('zone', { it: 'Zona', en: 'Zone' }, tagValues(subject, 'zone', { site: chosen('site') }));

export const seat = several(
  'seat',
  { it: 'Posto', en: 'Seat' },
  tagValues('occupancy', 'device', { ...place, kind: 'seat' }),
);

export const accessPoint = several(
  'access_point',
  { it: 'Access point', en: 'Access point' },
  tagValues('access_point', 'device', place),
);

export const meter = several('meter', { it: 'Contatore', en: 'Meter' }, tagValues('power', 'device', place));

/** Any device that the gateway ever heard. */
export const device = several(
  'device',
  { it: 'Dispositivo', en: 'Device' },
  tagValues('device_health', 'device', place),
);

/** The model knows the bands: no need to ask the store. */
export const band: Variable = {
  name: 'band',
  build: (_site, language) =>
    new CustomVariableBuilder('band')
      .label({ it: 'Banda (GHz)', en: 'Band (GHz)' }[language])
      .values(bands.join(','))
      .multi(true)
      .includeAll(true)
      .allValue('.*')
      .current({ selected: true, text: ['All'], value: ['$__all'] })
      .options([
        { selected: true, text: 'All', value: '$__all' },
        ...bands.map((value) => ({ selected: false, text: value, value })),
      ]),
};

/** Which meters are the supply, its circuits, its generators stands in the site file, not in the store. */
const role = (name: 'feed' | 'circuit' | 'generation', label: Text): Variable => ({
  name,
  build: ({ meters }, language) => {
    const ids = meters.filter((entry) => entry.role === name).map(({ id }) => id);
    return new CustomVariableBuilder(name)
      .label(label[language])
      .hide(VariableHide.HideVariable)
      .values(ids.join(','))
      .multi(true)
      .includeAll(false)
      .current({ selected: true, text: ids, value: ids })
      .options(ids.map((id) => ({ selected: true, text: id, value: id })));
  },
});

export const feed = role('feed', { it: 'Contatori di fornitura', en: 'Supply meters' });
export const circuit = role('circuit', { it: 'Contatori di linea', en: 'Circuit meters' });
export const generation = role('generation', { it: 'Contatori di produzione', en: 'Generation meters' });
