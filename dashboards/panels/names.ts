import {
  type DynamicConfigValue,
  MappingType,
  type MatcherConfig,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Site } from '../../model/site.ts';
import type { Select } from '../queries/select.ts';
import type { Language, Text } from '../text.ts';
import type { Panel, ValueName } from './panel.ts';

export interface Override {
  readonly matcher: MatcherConfig;
  readonly properties: DynamicConfigValue[];
}

/**
 * Zones and meters have names for people in the site file: where a panel draws one series for each of them, they
 * stand in its legend. Ids that the site file does not know show as they are.
 */
export const namesOfSeries = (panel: Panel, site: Site, language: Language): Override[] => {
  const named = [...new Set(panel.targets.flatMap(({ query }) => namedBy(query.select, site)))];
  if (panel.kind === 'table') {
    const [tag = ''] = panel.targets[0].query.select.by;
    return named.length === 0 ? [] : [{ matcher: byName(tag), properties: [namesOfRows(named, language)] }];
  }
  return named.map(({ id, name }) => ({
    matcher: byName(id),
    properties: [{ id: 'displayName', value: name[language] }],
  }));
};

interface Named {
  readonly id: string;
  readonly name: Text;
}

const namedBy = (select: Select, site: Site): readonly Named[] => {
  if (select.by.includes('zone')) return site.zones;
  return select.by.includes('device') && measurementOf(select) === 'power' ? site.meters : [];
};

const measurementOf = (select: Select): string =>
  typeof select.from === 'string' ? select.from : measurementOf(select.from);

const namesOfRows = (named: readonly Named[], language: Language): DynamicConfigValue => ({
  id: 'mappings',
  value: [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(named.map(({ id, name }, index) => [id, { text: name[language], index }])),
    },
  ],
});

export const byName = (name: string): MatcherConfig => ({ id: 'byName', options: name });

/** 0 and 1 of a yes/no field, in words. */
export const valueMappings = (
  names: Readonly<Record<string, ValueName>>,
  language: Language,
): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(names).map(([value, { text, color }], index) => [
        value,
        { text: text[language], color, index },
      ]),
    ),
  },
];
