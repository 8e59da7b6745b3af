import { z } from 'zod';
import type { Stranger } from '../../../ingest/strangers.ts';
import type { Site } from '../../../model/site.ts';
import { placedKinds } from '../../../model/topic.ts';
import type { App } from '../app.ts';
import { formatInstant } from '../instant.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';
import { queryOf } from '../query.ts';

interface DevicesParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly strangers: () => Promise<readonly Stranger[]>;
}

const knownSchema = z.object({
  state: z.literal('known'),
  site: z.string(),
  device: z.string(),
  kind: z.enum(placedKinds),
  zone: z.string(),
  sources: z.array(z.string()).describe("What the device calls itself in its vendor's format."),
});

const unknownSchema = z.object({
  state: z.literal('unknown'),
  identity: z.string().describe('What the device calls itself: the `source` for the site file.'),
  definition: z.string().describe('The device definition that understood it.'),
  topic: z.string(),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  messages: z.int(),
  fields: z.array(z.string()).describe('What it measures.'),
  list: z.string().describe('The list of the site file that it seems to belong to.'),
  line: z.string().describe('A line to paste under that list; fill in what is …'),
});

export const devicesSchema = z
  .object({ devices: z.array(z.discriminatedUnion('state', [knownSchema, unknownSchema])) })
  .meta({ id: 'Devices', description: 'Devices of the site files, and devices that speak and are in none.' });

export const devicesRoute = (app: App, { sites, strangers }: DevicesParts): void => {
  const querystring = queryOf({
    state: z.enum(['known', 'unknown']).optional().describe('Only those; all where absent.'),
  });
  app.get(
    '/api/v1/devices',
    {
      schema: {
        summary: 'Devices, known and unknown',
        description: 'The unknown ones come first, latest heard first, each with a line for the site file.',
        tags: [tags.data],
        querystring,
        response: { 200: devicesSchema, ...problemResponses(400) },
      },
    },
    async (request) => {
      const devices = [
        ...(await strangers()).map(describeStranger),
        ...[...sites.values()].flatMap(describeKnown),
      ];
      const { state } = request.query;
      return { devices: devices.filter((device) => state === undefined || device.state === state) };
    },
  );
};

const describeStranger = ({ firstSeen, lastSeen, fields, ...stranger }: Stranger) => ({
  state: 'unknown' as const,
  ...stranger,
  fields: [...fields],
  firstSeen: formatInstant(firstSeen),
  lastSeen: formatInstant(lastSeen),
});

const describeKnown = (site: Site) =>
  [...site.devices.values()].map(({ id, kind, zone, sources = [] }) => ({
    state: 'known' as const,
    site: site.id,
    device: id,
    kind,
    zone,
    sources: [...sources],
  }));
