import { s } from './element.ts';

/** Drawn for the board, on a grid of 24. */
const paths = {
  seat: 'M7 3h10v9H7zM5 13h14v3h-2v5h-2v-5H9v5H7v-5H5z',
  people:
    'M8.5 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-4 3-7 6.5-7s6.5 3 6.5 7zM16.5 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17 13.5c-.6 0-1.1.1-1.6.3 1.1 1.6 1.7 3.6 1.7 6.2H22c0-3.7-2.2-6.5-5-6.5z',
  wifi: 'M12 17a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM5.6 14.2a9 9 0 0 1 12.8 0l-2 2a6.2 6.2 0 0 0-8.8 0zM1.5 10a15 15 0 0 1 21 0l-2 2a12 12 0 0 0-17 0z',
  power: 'M13 2 4 14h6l-1 8 9-12h-6z',
  weather:
    'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM11 1h2v4h-2zM11 19h2v4h-2zM1 11h4v2H1zM19 11h4v2h-4zM4.2 2.8 7 5.6 5.6 7 2.8 4.2zM18.4 17l2.8 2.8-1.4 1.4-2.8-2.8zM19.8 2.8l1.4 1.4L18.4 7 17 5.6zM5.6 17 7 18.4l-2.8 2.8-1.4-1.4z',
  device:
    'M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2zm0 3v12h10V5zm5 13.2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z',
  warning: 'M12 2 1 21h22zm-1 7h2v6h-2zm0 8h2v2h-2z',
  menu: 'M3 5h18v2H3zM3 11h18v2H3zM3 17h18v2H3z',
} as const;
export type IconName = keyof typeof paths;

/** An icon beside a text that says the same. */
export const icon = (name: IconName): SVGElement =>
  s(
    'svg',
    { class: 'ap-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    s('path', { d: paths[name], 'fill-rule': 'evenodd' }),
  );
