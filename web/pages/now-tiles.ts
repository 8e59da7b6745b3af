import type { Tile } from '../dom/card.ts';
import { countSeats, devicesOf, liveSource, loadOf, seatsOf, sumWatts } from '../plan/figures.ts';
import type { Context } from '../shell/context.ts';
import { number } from '../text/format.ts';
import { t } from '../text/text.ts';

export type NowTiles = Readonly<Record<'seats' | 'people' | 'wifi' | 'power' | 'weather', Tile>>;

/** The figures that are read from across the street. */
export const showTiles = (context: Context, tiles: NowTiles): void => {
  showSeats(context, tiles);
  showWifi(context, tiles.wifi);
  showPower(context, tiles.power);
  showWeather(context, tiles.weather);
};

const showSeats = ({ site, live }: Context, { seats: seatTile, people }: NowTiles): void => {
  const { seats, free, taken, unknown } = countSeats(seatsOf(site), liveSource(live));
  if (seats === unknown) {
    seatTile.show('–', t.now.ofKnown(number(seats)), t.now.unknownSeats(number(unknown)));
    people.show('–', '', t.unknown);
    return;
  }
  seatTile.show(
    number(free),
    t.now.ofKnown(number(seats)),
    unknown === 0 ? t.now.allKnown : t.now.unknownSeats(number(unknown)),
  );
  const capacity = site.zones.reduce((sum, zone) => sum + zone.capacity, 0);
  people.show(number(taken), '', t.now.capacity(number(capacity)));
};

const showWifi = ({ site, live }: Context, wifi: Tile): void => {
  const points = devicesOf(site, 'access-point');
  const loads = points.map((point) => loadOf(live, point)).filter((load) => load !== undefined);
  const clients = loads.reduce((sum, load) => sum + load.clients, 0);
  const delays = devicesOf(site, 'probe')
    .map(({ id, target }) => live.find(id, 'probe', target))
    .filter((entry) => live.isKnown(entry))
    .flatMap(({ fields }) => (fields.latency_ms === undefined ? [] : [fields.latency_ms]));
  const notes = [t.now.clients(number(clients))];
  if (delays.length > 0) {
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    notes.push(t.now.latency(`${number(mean)} ms`));
  }
  wifi.show(number(loads.length), t.now.ofKnown(number(points.length)), notes.join(' · '));
};

const showPower = ({ site, live }: Context, power: Tile): void => {
  const meters = devicesOf(site, 'meter');
  const feed = sumWatts(
    live,
    meters.filter(({ role }) => role === 'feed'),
  );
  const solar = sumWatts(
    live,
    meters.filter(({ role }) => role === 'generation'),
  );
  if (feed === undefined) {
    power.show('–', '', t.unknown);
    return;
  }
  const notes = [feed < 0 ? t.now.toGrid : t.now.fromGrid];
  // Generation is negative at its meter: it gives.
  if (solar !== undefined) notes.push(t.now.generated(`${number(Math.max(0, -solar) / 1000, 2)} kW`));
  power.show(number(Math.abs(feed) / 1000, 2), 'kW', notes.join(' · '));
};

const showWeather = ({ site, live }: Context, weather: Tile): void => {
  const [mast] = devicesOf(site, 'weather');
  const entry = mast === undefined ? undefined : live.find(mast.id, 'weather');
  if (!live.isKnown(entry)) {
    weather.show('–', '', t.unknown);
    return;
  }
  const { temperature_c, humidity_pct, wind_m_s, rain_mm_h } = entry.fields;
  const notes: string[] = [];
  if (rain_mm_h !== undefined)
    notes.push(rain_mm_h > 0 ? t.now.rain(`${number(rain_mm_h, 1)} mm/h`) : t.now.dry);
  if (wind_m_s !== undefined) notes.push(t.now.wind(`${number(wind_m_s, 1)} m/s`));
  if (humidity_pct !== undefined) notes.push(t.now.humidity(`${number(humidity_pct)} %`));
  weather.show(temperature_c === undefined ? '–' : number(temperature_c, 1), '°C', notes.join(' · '));
};
