import { BarChart, HeatmapChart } from 'echarts/charts';
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, HeatmapChart, GridComponent, LegendComponent, VisualMapComponent, SVGRenderer]);

const width = 760;
/** Told apart in print without colour too, and by those who see red and green alike. */
const colours = ['#0b5394', '#6fa8dc', '#d9a441', '#7a7a7a'];
const font = { fontFamily: 'sans-serif', fontSize: 12, color: '#222' };

type Option = Parameters<ReturnType<typeof init>['setOption']>[0];

/** Draws a chart as SVG text, in this process and without a browser. */
const draw = (height: number, option: Option): string => {
  const chart = init(undefined, undefined, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, color: colours, textStyle: font, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};

export interface Bars {
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | undefined)[] }[];
  readonly format: (value: number) => string;
  /** Where all values lie below it. */
  readonly max?: number;
}

const gap = '-';

/** Columns side by side, those of several series on top of each other. A missing value leaves a gap. */
export const columnChart = ({ categories, series, format, max }: Bars): string =>
  draw(240, {
    grid: { left: 60, right: 16, top: series.length > 1 ? 36 : 16, bottom: 32 },
    ...(series.length > 1 ? { legend: { top: 4, textStyle: font } } : {}),
    xAxis: { type: 'category', data: [...categories], axisLabel: font },
    yAxis: {
      type: 'value',
      ...(max === undefined ? {} : { max }),
      axisLabel: { ...font, formatter: format },
    },
    series: series.map(({ name, values }) => ({
      type: 'bar',
      name,
      stack: 'all',
      data: values.map((value) => value ?? gap),
    })),
  });

/** One bar below the other, for names that are long. */
export const barChart = ({ categories, series, format, max }: Bars): string =>
  draw(40 + 34 * categories.length, {
    grid: { left: 190, right: 60, top: 8, bottom: 28 },
    xAxis: {
      type: 'value',
      ...(max === undefined ? {} : { max }),
      axisLabel: { ...font, formatter: format },
    },
    yAxis: { type: 'category', data: [...categories], inverse: true, axisLabel: font },
    series: series.map(({ name, values }) => ({
      type: 'bar',
      name,
      data: values.map((value) => value ?? gap),
      label: {
        show: true,
        position: 'right',
        ...font,
        formatter: ({ value }: { readonly value: unknown }) => format(Number(value)),
      },
    })),
  });

export interface Matrix {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** [column, row, value] */
  readonly cells: readonly (readonly [number, number, number])[];
  readonly format: (value: number) => string;
}

/** Dark is much; a cell without a value stays white. */
export const heatmap = ({ columns, rows, cells, format }: Matrix): string => {
  const max = Math.max(...cells.map(([, , value]) => value), 0.01);
  return draw(60 + 26 * rows.length, {
    grid: { left: 60, right: 90, top: 8, bottom: 32 },
    xAxis: { type: 'category', data: [...columns], axisLabel: font },
    yAxis: { type: 'category', data: [...rows], inverse: true, axisLabel: font },
    visualMap: {
      min: 0,
      max,
      right: 0,
      top: 'middle',
      itemHeight: 100,
      inRange: { color: ['#eef4fb', '#0b3d6e'] },
      text: [format(max), format(0)],
      textStyle: font,
    },
    series: [{ type: 'heatmap', data: cells.map((cell) => [...cell]) }],
  });
};
