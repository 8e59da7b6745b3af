import type { IClientOptions } from 'mqtt';

/** What a client shows of itself at CONNECT. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface AccessOptions {
  /** What every connection sends as its MQTT password, but for devices that have a login. */
  readonly password?: string | undefined;
  /** User name to that password; each connection's client id by default. */
  readonly user?: string | undefined;
  /** Logins of devices, by device id. */
  readonly logins?: ReadonlyMap<string, Login> | undefined;
  /** PEM of the authority that signed the broker's certificate; those that the system knows by default. */
  readonly ca?: string | undefined;
}

/** How the connections of a run come in. */
export class Access {
  readonly #options: AccessOptions;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** @param device `undefined` for a connection that speaks for several */
  of(clientId: string, device?: string): Pick<IClientOptions, 'username' | 'password' | 'ca'> {
    const { password, user = clientId, logins, ca } = this.#options;
    const shared = password === undefined ? undefined : { username: user, password };
    const login = (device === undefined ? undefined : logins?.get(device)) ?? shared;
    return { ...login, ...(ca === undefined ? {} : { ca }) };
  }
}
