import { readSecret } from '../../secret.ts';

/** Who may post: network servers, controllers, clouds and context brokers that call instead of publishing. */
export const hookSources = ['chirpstack', 'tts', 'meraki', 'unifi', 'ngsi'] as const;
export type HookSource = (typeof hookSources)[number];

export const isHookSource = (name: string): name is HookSource =>
  (hookSources as readonly string[]).includes(name);

/** What each source knows; one that is not in it is refused, also on loopback. There are no defaults. */
export interface HookSecrets {
  readonly tokens: ReadonlyMap<HookSource, string>;
  /** The text by which Meraki's cloud finds out that this receiver is the one that it was told of. */
  readonly merakiValidator?: string;
}

/** Name of the setting that holds the secret of a source; with `_FILE` behind it, the file that does. */
export const settingOf = (source: HookSource): string => `APERTO_HOOK_${source.toUpperCase()}_TOKEN`;
export const validatorSetting = 'APERTO_HOOK_MERAKI_VALIDATOR';

/**
 * Reads `APERTO_HOOK_{SOURCE}_TOKEN` and `APERTO_HOOK_MERAKI_VALIDATOR`, or the files that the same names with `_FILE`
 * point at.
 * @throws ApertoError `config` where a file cannot be read or a secret is too short
 */
export const readHookSecrets = (environment: NodeJS.ProcessEnv): HookSecrets => {
  const tokens = new Map<HookSource, string>();
  for (const source of hookSources) {
    const token = readSecret(settingOf(source), environment);
    if (token !== undefined) tokens.set(source, token);
  }
  const merakiValidator = readSecret(validatorSetting, environment);
  return merakiValidator === undefined ? { tokens } : { tokens, merakiValidator };
};
