import type { Band } from '../../../../model/access-point.ts';

/** The band of a frequency in MHz [IEEE 802.11-2020 Annex E, 802.11ax]. */
export const bandOfFrequency = (frequencyMHz: unknown): Band | undefined => {
  if (typeof frequencyMHz !== 'number') return undefined;
  if (frequencyMHz >= 2_400 && frequencyMHz < 2_500) return '2.4';
  if (frequencyMHz >= 4_900 && frequencyMHz < 5_925) return '5';
  return frequencyMHz >= 5_925 && frequencyMHz <= 7_125 ? '6' : undefined;
};

const named = /(?<![\d.])(2\.?4|[256])[ _-]?g(?:hz)?(?![a-z0-9])/i;

/** The band that a name says for sure: `wlan5g`, `radio-2.4GHz`, `ap_24g`. A bare digit says nothing. */
export const bandOfName = (name: string): Band | undefined => {
  const [, band] = named.exec(name) ?? [];
  if (band === undefined) return undefined;
  return band === '5' || band === '6' ? band : '2.4';
};
