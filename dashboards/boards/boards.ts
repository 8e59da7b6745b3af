import type { Site } from '../../model/site.ts';
import type { Board } from './board.ts';
import { oneAccessPoint, oneMeter, oneSeat } from './details.ts';
import { devices } from './devices.ts';
import { energy } from './energy.ts';
import { now } from './now.ts';
import { pipeline } from './pipeline.ts';
import { placeUse } from './place-use.ts';
import { wifiQuality } from './wifi-quality.ts';

/** Every board, in the order in which a newcomer should look at them. */
export const boardsOf = (site: Site): readonly Board[] => [
  now(site),
  placeUse(site),
  wifiQuality(site),
  energy(site),
  devices,
  pipeline,
  oneSeat,
  oneAccessPoint,
  oneMeter,
];
