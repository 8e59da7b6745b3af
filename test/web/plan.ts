import { describe, expect, it } from 'vitest';
import { parseSite, type Site } from '../../model/site.ts';
import { seatPoint, startHttp, startOfTest, viaRossini } from '../http/start.ts';
import { violations } from './axe.ts';
import { type Give, open } from './given.ts';

type Place = readonly [number, number];

const seatsPerZone = 400;

/** Via Rossini with many seats in each of its five zones. */
const squareOf = (seatsOfZone: number): Site => {
  const { devices: _, ...file } = viaRossini();
  const seats = file.zones.flatMap(({ id: zone }, index) =>
    Array.from({ length: seatsOfZone }, (_, seat) => ({
      id: `${zone}-${seat + 1}`,
      zone,
      at: [index * 30 + 0.7 + (seat % 40) * 0.73, 1 + Math.floor(seat / 40) * 1.1],
    })),
  );
  return parseSite(JSON.stringify({ ...file, seats }), 'square.json');
};

export const testPlan = (give: Give): void => {
  /** A seat says something, and Aperto has made it durable. */
  const sit = (seat: string, occupied: boolean): Promise<unknown> =>
    give().street.mqtt.publishAsync(`aperto/1/via-rossini/seat/${seat}`, JSON.stringify({ occupied }), {
      qos: 1,
    });

  describe('the plan', () => {
    it('shows a seat as the sensor says, and the table says the same', async () => {
      const { page, context } = await open(give(), { path: '/', language: 'en' });
      for (const state of ['taken', 'free'] as const) {
        await sit('S07', state === 'taken');
        await page.waitForSelector(`[data-seat="S07"][data-state="${state}"]`, { state: 'attached' });
      }
      await page.getByRole('radio', { name: 'Table' }).check({ force: true });
      expect(await page.getByRole('row', { name: /^S07 Theatre square free/ }).count()).toBe(1);
      expect(await page.getByRole('row', { name: /^S\d\d / }).count()).toBe(48);
      expect(await violations(page)).toEqual([]);
      await context.close();
    });

    it('is to scale: seats are as far apart as the site file says, along and across', async () => {
      const { page, context } = await open(give(), { path: '/' });
      const [[x1, y1], [x9], [, y2]]: readonly [Place, Place, Place] = await page.evaluate(`(() => {
        const of = (id) => {
          const { x, y, width, height } = document.querySelector('[data-seat=' + id + '] circle').getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        };
        return [of('S01'), of('S09'), of('S02')];
      })()`);
      // S01 is at (4, 4), S09 at (22, 4) and S02 at (4, 10): 18 m along the street, 6 m across it, northwards.
      expect((x9 - x1) / (y1 - y2)).toBeCloseTo(18 / 6, 1);
      await context.close();
    });

    it('is worked by keyboard alone: skip link, layers, pages', async () => {
      const { page, context } = await open(give(), { path: '/', language: 'en' });
      await page.keyboard.press('Tab');
      expect(await page.textContent(':focus')).toBe('Skip to content');
      await page.keyboard.press('Enter');
      expect(await page.textContent('h1:focus')).toBe('Now');
      await page.getByRole('radio', { name: 'Seats' }).focus();
      for (const layer of ['people', 'wifi', 'power']) {
        await page.keyboard.press('ArrowRight');
        expect(await page.getAttribute('.ap-plan', 'data-layer')).toBe(layer);
      }
      await page.getByRole('link', { name: 'Wi-Fi' }).focus();
      await page.keyboard.press('Enter');
      expect(await page.textContent('h1:focus')).toBe('Wi-Fi');
      expect(new URL(page.url()).pathname).toBe('/wifi');
      await context.close();
    });

    it('draws 2,000 seats, each with its state', async () => {
      const site = squareOf(seatsPerZone);
      const { url, say } = await startHttp({ sites: new Map([[site.id, site]]) });
      for (const { id, zone } of site.seats.slice(0, 500)) say('seat', seatPoint(id, zone, startOfTest, 1));
      const { page, context, complaints } = await give().browser.visit(url, { path: '/' });
      await page.waitForSelector('[data-seat][data-state="taken"]', { state: 'attached' });
      const count = (state: string): Promise<number> =>
        page.locator(`[data-seat][data-state="${state}"]`).count();
      expect([await count('taken'), await count('free'), await count('unknown')]).toEqual([500, 0, 1_500]);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('shows a day again, and says that it is not now', async () => {
      const { page, context } = await open(give(), { path: '/', language: 'en' });
      await page.getByText('Look at a day again').click();
      await page.getByRole('button', { name: 'Load the day' }).click();
      await page.waitForSelector('.ap-replay-panel:not([hidden])');
      expect(await page.textContent('.ap-past')).toMatch(/^The plan shows .+, not now\.$/);
      expect(await page.locator('[data-seat]:not([data-state="unknown"])').count()).toBeGreaterThan(40);
      await page.getByRole('slider').focus();
      const before = await page.textContent('.ap-moment');
      await page.keyboard.press('ArrowRight');
      expect(await page.textContent('.ap-moment')).not.toBe(before);
      await page.getByRole('button', { name: 'Back to now' }).click();
      expect(await page.locator('.ap-past').count()).toBe(0);
      await context.close();
    });
  });
};
