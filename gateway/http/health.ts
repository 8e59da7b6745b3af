export type PartHealth = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What must work for the gateway to take messages and answer questions; a reason is one line for a person. */
export interface Health {
  /** Messages can be made durable. */
  readonly spool: PartHealth;
  /** The store answers. */
  readonly store: PartHealth;
}

/** Reads the state of the parts; may ask them, within `limits.healthTimeoutMs`. */
export type HealthCheck = () => Health | Promise<Health>;
