import { describe, expect, it } from 'vitest';
import { readProblem } from '../../../test/http/requests.ts';
import { startHttp } from '../../../test/http/start.ts';

const path = '/api/v1/sites/via-rossini/series';
const occupied = 'measurement=occupancy&field=occupied';
const range = 'from=2026-06-22T00:00:00Z&to=2026-06-23T00:00:00Z';

describe('a wrong question', () => {
  it.each([
    ['', /^measurement: is missing; expected one of occupancy, access_point, .*; field: is missing/],
    ['measurement=seats&field=x', /^measurement: is wrong; expected one of occupancy, .*device_health/],
    [
      'measurement=occupancy&field=seats',
      /^field: no "seats"; occupancy has occupied, people, .*\bdwell_s\b/,
    ],
    ['measurement=occupancy&field=constructor', /^field: no "constructor"; occupancy has/],
    [`${occupied}&field=people`, /^field: is given more than once; expected a field of the measurement$/],
    [`${occupied}&device=S99`, /^device: no "S99"; via-rossini has S01, .*, W1$/],
    [
      `${occupied}&zone=mars`,
      /^zone: no "mars"; via-rossini has teatro, portico, giardino, pergola, fontana$/,
    ],
    [`${occupied}&phase=a`, /^phase: occupancy has no such tag; it has kind$/],
    [`${occupied}&kind=meter`, /^kind: is wrong; expected one of seat, counter$/],
    [
      `${occupied}&from=yesterday`,
      /^from: is wrong; expected an RFC 3339 date-time such as .* or epoch milliseconds$/,
    ],
    [`${occupied}&from=2026-06-23&to=2026-06-24`, /^from: is wrong; .*; to: is wrong; /],
    [
      `${occupied}&from=2026-06-23T08:00:00Z&to=2026-06-23T08:00:00Z`,
      /^from: 2026-06-23T08:00:00\.000Z is not before to/,
    ],
    [
      `${occupied}&from=2030-01-01T00:00:00Z`,
      /^from: 2030-01-01T00:00:00\.000Z is not before to, 2026-06-23T08/,
    ],
    [`${occupied}&every=PT15M`, /^agg: is missing; every and agg go together, or leave every out$/],
    [`${occupied}&agg=mean`, /^every: is missing; every and agg go together, or leave agg out$/],
    [
      `${occupied}&every=PT15M&agg=median`,
      /^agg: is wrong; expected one of last, mean, min, max, sum, count$/,
    ],
    [
      `${occupied}&every=P1M&agg=mean`,
      /^every: is wrong; expected an ISO 8601 duration of fixed length from PT1S to P7D/,
    ],
    [`${occupied}&every=PT0.5S&agg=mean`, /^every: is wrong/],
    [`${occupied}&every=P8D&agg=mean`, /^every: is wrong/],
    [
      `${occupied}&every=PT1S&agg=mean&${range}`,
      /^every: 86400 windows from .* at most 50000; take longer windows/,
    ],
    [`${occupied}&limit=0`, /^limit: is wrong; expected a whole number from 1 to 10000$/],
    [`${occupied}&limit=10001`, /^limit: is wrong; expected a whole number from 1 to 10000$/],
    [`${occupied}&limit=2.5`, /^limit: is wrong/],
    [`${occupied}&devcie=S07`, /^querystring: no parameter "devcie"; there are measurement, field, from, /],
  ])('%s is answered with what is allowed', async (query, detail) => {
    const { url } = await startHttp();
    const problem = await readProblem(await fetch(`${url}${path}?${query}`), 400);
    expect(problem.detail).toMatch(detail);
    expect(problem.instance).toBe(path);
  });

  it('of a site that does not exist is answered with those that do', async () => {
    const { url } = await startHttp();
    const { detail } = await readProblem(await fetch(`${url}/api/v1/sites/mars/series?${occupied}`), 404);
    expect(detail).toBe('no site "mars"; there are via-rossini');
  });
});

describe('a store that is down', () => {
  it('is 503 with when to come back, and nothing of where it is', async () => {
    const { url } = await startHttp();
    const response = await fetch(`${url}${path}?${occupied}`);
    expect(response.headers.get('retry-after')).toBe('2');
    const { detail } = await readProblem(response, 503);
    expect(detail).toBe('the store does not answer; try again later');
  });
});
