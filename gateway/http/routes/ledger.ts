import { z } from 'zod';
import type { LedgerView } from '../../../ingest/ledger.ts';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';

const messages = z.int().min(0);
const byReason = z.record(z.string(), messages);

export const ledgerSchema = z
  .object({
    received: messages,
    stored: messages.describe('All points of the message are in the store.'),
    duplicate: messages.describe('Accepted before, word for word.'),
    spooled: messages.describe('On their way to the store.'),
    quarantined: byReason.describe('Could not become a reading, by reason.'),
    refused: byReason.describe('Turned away, by reason.'),
    booksLost: messages
      .optional()
      .describe('How often damaged books could not be read: what they held before is in no figure here.'),
  })
  .meta({ id: 'Ledger', description: 'What became of every message, in messages.' });

export const ledgerRoute = (app: App, { ledger }: { readonly ledger: () => LedgerView }): void => {
  app.get(
    '/api/v1/ledger',
    {
      schema: {
        summary: 'The books',
        description:
          'They always add up: received = stored + duplicate + spooled + all quarantined + all refused.',
        tags: [tags.books],
        response: { 200: ledgerSchema, ...problemResponses() },
      },
    },
    async () => ledger(),
  );
};
