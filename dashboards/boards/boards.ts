import type { Site } from '../../model/site.ts';
import type { Board } from './board.ts';
import { energy } from './energy.ts';
import { placeUse } from './place-use.ts';
import { wifiQuality } from './wifi-quality.ts';

/** Every board, in the order in which a newcomer should look at them. */
export const boardsOf = (site: Site): readonly Board[] => [placeUse(site), wifiQuality(site), energy(site)];
