import { parse } from 'yaml';
import { z } from 'zod';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { teams } from './rule.ts';

const minutes = z.number().int().min(1).max(10_080);

/** Where alerts go. What a channel needs beyond this is set in Grafana's own settings (the mail server). */
const contactPoint = z
  .strictObject({
    /** Short, for it is part of a uid. */
    name: z.string().regex(/^[A-Za-z0-9_-]{1,30}$/, 'a name has at most 30 letters, digits, "-" and "_"'),
    email: z.array(z.email()).min(1).optional(),
    /** Address that is posted to. */
    webhook: z.url().optional(),
  })
  .refine(
    ({ email, webhook }) => email !== undefined || webhook !== undefined,
    'give it an email or a webhook',
  );

/** What a place decides about its alerts: who is told, how often, and from which figures on. */
const schema = z.strictObject({
  /** Page that explains every alert; its sections bear the names of the rules. */
  runbooks: z.url(),
  limits: z.strictObject({
    /** Good share of the users' time that is promised. */
    service_level_pct: z.number().min(1).max(100),
    /** What the circuits may take together in the quietest hour of a day. */
    night_base_load_w: z.number().positive(),
    latency_ms: z.number().positive(),
    loss_pct: z.number().min(0).max(100),
    /** Share of the messages that may go to quarantine. */
    quarantine_pct: z.number().min(0).max(100),
    /** Share of its size that the spool may have. */
    spool_pct: z.number().min(1).max(100),
    store_lag_s: z.number().positive(),
  }),
  contact_points: z.array(contactPoint).min(1),
  policies: z.strictObject({
    /** Contact point of what no team is named for. */
    default: z.string(),
    /** Contact point of each team. */
    teams: z.partialRecord(z.enum(teams), z.string()).default({}),
    group_wait_min: minutes.default(1),
    group_interval_min: minutes.default(5),
    repeat_interval_min: minutes.default(240),
  }),
});

export type Alerting = z.infer<typeof schema>;

/**
 * Reads the file of alerts.
 * @param text YAML
 * @param file its name, for messages alone
 * @throws ApertoError `config`, one line that names file, path and what to do
 */
export const parseAlerting = (text: string, file: string): Alerting => {
  const parsed = schema.safeParse(yaml(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApertoError(
      'config',
      `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`,
    );
  }
  const known = new Set(parsed.data.contact_points.map(({ name }) => name));
  const { default: fallback, teams: byTeam } = parsed.data.policies;
  const unknown = [fallback, ...Object.values(byTeam)].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ApertoError(
      'config',
      `${file}: policies: no contact point is called "${unknown}"; add it or name another`,
    );
  return parsed.data;
};

const yaml = (text: string, file: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    throw new ApertoError('config', `${file}: not valid YAML: ${messageOf(error)}`, { cause: error });
  }
};
