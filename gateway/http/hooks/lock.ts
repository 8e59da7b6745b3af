import { listNames } from '../names.ts';
import { type HookSecrets, type HookSource, hookSources, isHookSource, settingOf } from './source.ts';

/** A hook that somebody may knock at. */
export interface Lock {
  readonly source: HookSource;
  readonly secret: string;
}

/** Why nobody may: status and one line. */
export interface Closed {
  readonly status: 403 | 404;
  readonly detail: string;
}

/** The lock of a hook. One that nobody gave a secret stays closed, on loopback too. */
export const lockOf = ({ tokens }: HookSecrets, name: string): Lock | Closed => {
  if (!isHookSource(name))
    return { status: 404, detail: `no hook "${name}"; there are ${listNames(hookSources)}` };
  const secret = tokens.get(name);
  if (secret !== undefined) return { source: name, secret };
  const setting = settingOf(name);
  return { status: 403, detail: `the hook ${name} is closed: set ${setting} or ${setting}_FILE` };
};

const header = 'the header "Authorization: Bearer" or "X-Aperto-Token"';

/** How the sender of a source shows that it knows the secret. */
export const waysIn: Readonly<Record<HookSource, string>> = {
  chirpstack: header,
  tts: `the header "X-Downlink-Apikey", or ${header}`,
  meraki: '"secret" in the body',
  unifi: header,
  ngsi: header,
};
