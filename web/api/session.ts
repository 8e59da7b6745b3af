const key = 'aperto-token';

/** The token of one who signed in, for as long as the tab is open. */
export const session = {
  get token(): string | undefined {
    return sessionStorage.getItem(key) ?? undefined;
  },
  signIn(token: string): void {
    sessionStorage.setItem(key, token);
  },
  /** Forgets the token, and what was kept of the answers that it opened. */
  async signOut(): Promise<void> {
    sessionStorage.removeItem(key);
    for (const name of await caches.keys()) if (name.startsWith('aperto-data')) await caches.delete(name);
  },
};

export const authorization = (): Record<string, string> =>
  session.token === undefined ? {} : { authorization: `Bearer ${session.token}` };
