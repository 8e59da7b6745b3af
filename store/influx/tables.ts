import { definitionOf, type StoredName, tagsOf } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import { pickTags, type Row } from '../page.ts';
import type { Table } from './query.ts';

/** Rows of a query that selects a value and then tags; the time always comes first. */
export const toRows = (tables: readonly Table[], tagNames: readonly string[]): Row[] =>
  tables.flatMap(({ values }) =>
    values.map((cells) => ({
      time: Number(cells[0]),
      value: Number(cells[1]),
      tags: pickTags(tagNames, (_, index) => cells[index + 2]),
    })),
  );

/** Points of a query that selects all fields of a measurement, a table a series. */
export const toPoints = <M extends StoredName>(tables: readonly Table[], measurement: M): Point<M>[] => {
  const fieldNames = Object.keys(definitionOf(measurement).fields);
  return tables.flatMap(({ tags = {}, values }) =>
    values.map((cells) => {
      const fields: Record<string, number> = {};
      for (const [index, name] of fieldNames.entries()) {
        const value = cells[index + 1];
        if (typeof value === 'number') fields[name] = value;
      }
      return {
        measurement,
        tags: pickTags(tagsOf(measurement), (name) => tags[name]),
        fields,
        time: Number(cells[0]),
      };
    }),
  );
};
