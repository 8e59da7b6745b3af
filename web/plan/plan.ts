import type { Device, Site } from '../api/types.ts';
import { h, setAttribute, setText } from '../dom/element.ts';
import type { LiveStore } from '../live/store.ts';
import { number, percent } from '../text/format.ts';
import { t } from '../text/text.ts';
import { countSeats, devicesOf, loadOf, type PlanSource, seatsOf, wattsOf } from './figures.ts';
import { cutsOf, fold } from './fold.ts';
import { type DrawnStrip, drawStrip } from './strip.ts';

export const layers = ['seats', 'people', 'wifi', 'power'] as const;
export type Layer = (typeof layers)[number];

export const zooms = [1, 1.5, 2.25, 3.5] as const;

const gapPx = 8;
const scaleMin = 9;
const seatRadiusMaxM = 1.25;

/** Half of the way between the two seats that are closest, so that no two touch. */
const seatRadius = (seats: readonly Device[]): number => {
  const places = seats.map(({ at }) => at).toSorted(([a], [b]) => a - b);
  let nearest = seatRadiusMaxM / 0.4;
  for (const [index, [x, y]] of places.entries()) {
    for (let next = index + 1; next < places.length; next++) {
      const [otherX = Number.POSITIVE_INFINITY, otherY = 0] = places[next] ?? [];
      if (otherX - x >= nearest) break;
      nearest = Math.min(nearest, Math.hypot(otherX - x, otherY - y) || nearest);
    }
  }
  return nearest * 0.4;
};

/** The street from above, drawn to scale and kept up to date. A table beside it says the same. */
export class PlanView {
  readonly element: HTMLElement;
  readonly #site: Site;
  readonly #live: LiveStore;
  readonly #seatRadiusM: number;
  readonly #cuts: readonly number[];
  readonly #resize: ResizeObserver;
  #strips: readonly DrawnStrip[] = [];
  #drawnFor = '';
  #zoom = 1;
  #source: PlanSource;

  constructor(site: Site, live: LiveStore, source: PlanSource) {
    this.#site = site;
    this.#live = live;
    this.#source = source;
    this.#seatRadiusM = seatRadius(seatsOf(site));
    this.#cuts = cutsOf(site.zones, site.plan.width_m);
    this.element = h('div', { class: 'ap-plan', role: 'img', 'data-layer': 'seats' });
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.element);
  }

  close(): void {
    this.#resize.disconnect();
  }

  setLayer(layer: Layer): void {
    this.element.dataset.layer = layer;
    this.update();
  }

  setZoom(zoom: number): void {
    this.#zoom = zoom;
    this.#draw();
  }

  setSource(source: PlanSource): void {
    this.#source = source;
    this.update();
  }

  /** Shows what changed; what did not is not touched. */
  update(): void {
    for (const strip of this.#strips) {
      for (const [id, shape] of strip.seats) setAttribute(shape, 'data-state', this.#source.seat(id));
      this.#updateZones(strip);
      this.#updateWifi(strip);
      this.#updatePower(strip);
    }
    const { free, taken, unknown } = countSeats(seatsOf(this.#site), this.#source);
    setAttribute(this.element, 'aria-label', t.now.planSummary(number(free), number(taken), number(unknown)));
  }

  #draw(): void {
    const { clientWidth } = this.element;
    const key = `${clientWidth} ${innerHeight} ${this.#zoom}`;
    if (clientWidth === 0 || key === this.#drawnFor) return;
    this.#drawnFor = key;
    const { height_m: heightM } = this.#site.plan;
    const room = { widthPx: clientWidth, heightPxMax: innerHeight * 0.42, scaleMin, gapPx };
    const { strips, scale } = fold(this.#cuts, heightM, room);
    this.#strips = strips.map((strip, index) =>
      drawStrip({
        site: this.#site,
        strip,
        scale: scale * this.#zoom,
        seatRadiusM: this.#seatRadiusM,
        isLast: index === strips.length - 1,
      }),
    );
    this.element.replaceChildren(...this.#strips.map(({ element }) => element));
    this.update();
  }

  #updateZones({ zones }: DrawnStrip): void {
    const layer = this.element.dataset.layer;
    for (const { id, shape, label, figure } of zones) {
      const zone = this.#site.zones.find((each) => each.id === id);
      if (zone === undefined) continue;
      const { seats, free, taken, unknown } = countSeats(seatsOf(this.#site, id), this.#source);
      setText(figure, unknown === seats && seats > 0 ? '?' : number(taken));
      const use = seats === unknown ? -1 : taken / zone.capacity;
      setAttribute(shape, 'data-use', use < 0 ? 'unknown' : String(Math.min(4, Math.floor(use * 5))));
      if (layer === 'seats') setAttribute(label, 'data-free', `${free}/${seats}`);
    }
  }

  #updateWifi({ accessPoints }: DrawnStrip): void {
    for (const { device, group, label } of accessPoints) {
      const load = loadOf(this.#live, device);
      const busy = load?.busyPct ?? 0;
      const state = load === undefined ? 'unknown' : busy >= 70 ? 'full' : busy >= 50 ? 'busy' : 'good';
      setAttribute(group, 'data-load', state);
      setText(
        label,
        load === undefined
          ? `${device.id} ?`
          : `${device.id} · ${number(load.clients)} · ${load.busyPct === undefined ? '?' : percent(busy / 100)}`,
      );
    }
  }

  #updatePower({ meters }: DrawnStrip): void {
    for (const { device, group, label } of meters) {
      const watts = wattsOf(this.#live, device.id);
      setAttribute(group, 'data-role', device.role ?? 'circuit');
      setAttribute(group, 'data-known', String(watts !== undefined));
      setText(label, watts === undefined ? `${device.id} ?` : `${device.id} ${number(watts / 1000, 2)} kW`);
    }
  }
}

export const accessPointsOf = (site: Site): readonly Device[] => devicesOf(site, 'access-point');
