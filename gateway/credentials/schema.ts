import { z } from 'zod';
import { isTopicFilter } from '../topic-filter.ts';
import { roles, scopes } from './kinds.ts';
import { parseHash } from './scrypt.ts';
import { tokenHashPattern } from './token.ts';

export const credentialsMax = 50_000;
const filtersMax = 100;

export const nameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,129}$/,
    'a name has letters, digits and "_.:@-", at most 130, and starts with a letter or digit',
  );
const filters = z
  .array(z.string().refine(isTopicFilter, 'not a topic filter; write it as a/b, a/+/c or a/#'))
  .max(filtersMax);
const instant = z.iso.datetime();

const base = {
  name: nameSchema,
  created: instant,
  /** A name that was revoked stays known: it lets nobody in, and no other secret opens it. */
  revoked: instant.optional(),
};
const user = { ...base, role: z.enum(roles), publish: filters, subscribe: filters };

const passwordSchema = z.strictObject({
  kind: z.literal('password'),
  ...user,
  hash: z
    .string()
    .refine((text) => parseHash(text) !== undefined, 'not a scrypt hash')
    .optional(),
});
/** Known by the name in a client certificate that our authority has signed. */
const certificateSchema = z.strictObject({ kind: z.literal('certificate'), ...user });
const tokenSchema = z.strictObject({
  kind: z.literal('token'),
  ...base,
  scope: z.enum(scopes),
  hash: z.string().regex(tokenHashPattern, 'not a digest of a token').optional(),
});

export type Credential = z.infer<typeof credentialSchema>;
export type UserCredential = Exclude<Credential, { kind: 'token' }>;
export type TokenCredential = Extract<Credential, { kind: 'token' }>;

const credentialSchema = z
  .discriminatedUnion('kind', [passwordSchema, certificateSchema, tokenSchema])
  .refine(
    (entry) => entry.kind === 'certificate' || (entry.hash === undefined) === (entry.revoked !== undefined),
    'it has either "hash" or "revoked"',
  )
  .refine(
    (entry) => entry.kind === 'token' || entry.role !== 'dashboard' || entry.publish.length === 0,
    'a dashboard publishes nothing: "publish" must be empty',
  );

/** The file of credentials: no secret is in it that could be used as it stands. */
export const credentialsSchema = z.strictObject({
  version: z.literal(1),
  credentials: z.array(credentialSchema).max(credentialsMax),
});
