import { describe, expect, it } from 'vitest';
import { readProblem } from '../../../test/http/requests.ts';
import { occupied, useSeriesStore } from '../../../test/http/series.ts';

const start = useSeriesStore();

describe('CSV', () => {
  it('is one table in order of time', async () => {
    const { get } = await start();
    const response = await get(`${occupied}&to=2026-06-23T08:02:00Z`, 'text/csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('vary')).toBe('accept');
    expect(await response.text()).toBe(
      [
        'time,site,zone,device,kind,value',
        '2026-06-23T08:00:00.000Z,via-rossini,portico,S11,seat,1',
        '2026-06-23T08:00:00.000Z,via-rossini,teatro,S07,seat,1',
        '2026-06-23T08:01:00.000Z,via-rossini,portico,S11,seat,0',
        '2026-06-23T08:01:00.000Z,via-rossini,teatro,S07,seat,0',
        '',
      ].join('\r\n'),
    );
  });

  it('lets no tag become a formula and leaves negative values alone', async () => {
    const { get } = await start();
    const probe = await get('measurement=probe&field=latency_ms', 'text/csv');
    expect((await probe.text()).split('\r\n')[1]).toBe(
      `2026-06-23T08:00:00.000Z,via-rossini,teatro,P1,"'=cmd,""x""",12.5`,
    );
    const power = await get('measurement=power&field=active_power_w&phase=total', 'text/csv');
    expect((await power.text()).split('\r\n')[1]).toBe(
      '2026-06-23T08:00:00.000Z,via-rossini,pergola,M8,total,-1500.25',
    );
  });

  it('has its next page in the Link header', async () => {
    const { get, url } = await start();
    const first = await get(`${occupied}&device=S07&limit=29`, 'text/csv');
    const link = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await fetch(`${url}${link}`, { headers: { accept: 'text/csv' } });
    expect((await second.text()).split('\r\n')).toHaveLength(3);
    expect(second.headers.get('link')).toBeNull();
  });

  it.each([
    ['text/csv', 'text/csv'],
    ['text/csv;q=0.9, application/json;q=0.1', 'text/csv'],
    ['application/json, text/csv', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['text/*', 'text/csv'],
  ])('for Accept %s the answer is %s', async (accept, type) => {
    const { get } = await start();
    expect((await get(occupied, accept)).headers.get('content-type')).toContain(type);
  });

  it('refuses other types', async () => {
    const { get } = await start();
    const { detail } = await readProblem(await get(occupied, 'application/xml'), 406);
    expect(detail).toBe('Accept: expected application/json or text/csv');
  });
});
