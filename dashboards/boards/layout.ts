import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from '../panels/panel.ts';
import type { Band, Row } from './board.ts';

export interface PlacedPanel {
  readonly panel: Panel;
  readonly gridPos: GridPos;
}

export interface PlacedRow {
  readonly row: Row;
  readonly gridPos: GridPos;
  readonly panels: readonly PlacedPanel[];
}

/** Columns of Grafana's grid. */
const gridWidth = 24;

/** Rows one under the other; a collapsed one takes one line, though its panels know where they open. */
export const placeRows = (rows: readonly Row[]): PlacedRow[] => {
  let y = 0;
  return rows.map((row) => {
    const gridPos = { x: 0, y, w: gridWidth, h: 1 };
    const { panels, bottom } = placeBands(row.bands, y + 1);
    y = row.collapsed ? y + 1 : bottom;
    return { row, gridPos, panels };
  });
};

const placeBands = (bands: readonly Band[], top: number): { panels: PlacedPanel[]; bottom: number } => {
  let y = top;
  const panels = bands.flatMap((band) => {
    const placed = placeBand(band, y);
    y = Math.max(...placed.map(({ gridPos }) => gridPos.y + gridPos.h));
    return placed;
  });
  return { panels, bottom: y };
};

const placeBand = (band: Band, top: number): PlacedPanel[] => {
  let x = 0;
  return band.flatMap(({ width, cells }) => {
    let y = top;
    const placed = cells.map(({ panel, height }) => {
      const gridPos = { x, y, w: width, h: height };
      y += height;
      return { panel, gridPos };
    });
    x += width;
    return placed;
  });
};
