import { z } from 'zod';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import type { EventHub } from '../event-hub.ts';
import type { EventStream } from '../event-stream.ts';
import { tags } from '../openapi.ts';
import { problemResponses, sendProblem } from '../problem.ts';
import { findSite, sitePath } from '../query.ts';
import { eventStreamType } from '../sse.ts';

interface EventsParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly hub: EventHub;
}

const retryAfterS = 10;

/** Text on the wire, a stream in the handler. */
const eventText = z.custom<EventStream>().meta({ type: 'string' });

export const eventsRoute = (app: App, { sites, hub }: EventsParts): void => {
  app.get(
    '/api/v1/sites/:site/events',
    {
      // The automatic HEAD route would open a stream and never end it.
      exposeHeadRoute: false,
      schema: {
        summary: 'Changes as they happen',
        description:
          'Server-sent events. First `snapshot`: a list of all entries as in `now`, without `ageS`, at most a second ' +
          'old; what happened since follows. Then `reading`: ' +
          'one entry, once it is durable, ten times a second at most and then the newest of each series; `silent`: one entry whose device has not been heard of for too long. ' +
          'A comment every 15 s keeps the stream open. A reader that falls behind gets the newest of each series; ' +
          'one that falls too far behind is cut off and may connect again.',
        tags: [tags.data],
        params: sitePath,
        response: {
          200: { description: 'Events', content: { [eventStreamType]: { schema: eventText } } },
          ...problemResponses(404, 503),
        },
      },
    },
    async (request, reply) => {
      const stream = hub.open(findSite(sites, request.params.site));
      if (stream === undefined) {
        reply.header('retry-after', retryAfterS);
        return sendProblem(
          reply,
          503,
          'as many event streams are open as this server allows; try again later',
        );
      }
      return reply
        .headers({
          'content-type': eventStreamType,
          // nginx would hold events back.
          'x-accel-buffering': 'no',
          connection: 'close',
        })
        .send(stream);
    },
  );
};
