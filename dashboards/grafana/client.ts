import { z } from 'zod';
import { ApertoError, messageOf } from '../../model/errors.ts';

export interface GrafanaAccess {
  /** Where Grafana is, with the path under which it is served. */
  readonly url: string;
  /** Of a service account that may write folders and dashboards. */
  readonly token: string;
  readonly timeoutMs?: number;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const timeoutMs = 30_000;
const found = z.looseObject({ dashboard: z.looseObject({}) });
const complaint = z.looseObject({ message: z.string() });

/** Grafana's HTTP API, as far as boards need it: `/api/folders` and `/api/dashboards`, in 9 to 12 alike. */
export class GrafanaClient {
  readonly #base: URL;
  readonly #access: GrafanaAccess;

  /** @throws ApertoError `usage` for an address that is none */
  constructor(access: GrafanaAccess) {
    this.#access = access;
    const base = URL.canParse(access.url) ? new URL(access.url) : undefined;
    if (base === undefined || !/^https?:$/.test(base.protocol))
      throw new ApertoError('usage', `--grafana ${access.url}: write it as http://127.0.0.1:3000`);
    base.pathname = base.pathname.replace(/\/*$/, '/');
    this.#base = base;
  }

  /** Makes a folder where there is none of this uid. Returns whether it did. */
  async ensureFolder(uid: string, title: string): Promise<boolean> {
    const { status } = await this.#ask('GET', `api/folders/${encodeURIComponent(uid)}`, 'folder', [200, 404]);
    if (status === 200) return false;
    await this.#ask('POST', 'api/folders', `folder "${title}"`, [200], { uid, title });
    return true;
  }

  /** A board as Grafana has it, or `undefined`. */
  async read(uid: string): Promise<object | undefined> {
    const path = `api/dashboards/uid/${encodeURIComponent(uid)}`;
    const { status, body } = await this.#ask('GET', path, uid, [200, 404]);
    if (status === 404) return undefined;
    const parsed = found.safeParse(body);
    if (!parsed.success)
      throw new ApertoError('internal', `${uid}: ${this.#base} answered what is no board; is it Grafana?`);
    return parsed.data.dashboard;
  }

  /** Puts a board into a folder, in the place of the one that has its uid. */
  async save(dashboard: { readonly uid: string }, folderUid: string): Promise<void> {
    await this.#ask('POST', 'api/dashboards/db', dashboard.uid, [200], {
      dashboard: { ...dashboard, id: null },
      folderUid,
      overwrite: true,
      message: 'aperto dashboards push',
    });
  }

  async #ask(
    method: 'GET' | 'POST',
    path: string,
    what: string,
    expected: readonly number[],
    body?: object,
  ): Promise<Reply> {
    const reply = await this.#send(method, path, body);
    if (expected.includes(reply.status)) return reply;
    throw this.#refusal(reply, what);
  }

  async #send(method: string, path: string, body: object | undefined): Promise<Reply> {
    const { token } = this.#access;
    try {
      const response = await fetch(new URL(path, this.#base), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(this.#access.timeoutMs ?? timeoutMs),
      });
      return { status: response.status, body: parse(await response.text()) };
    } catch (error) {
      const why = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new ApertoError(
        'store_unavailable',
        `Grafana at ${this.#base.origin} does not answer: ${messageOf(why)}; is it running, is --grafana right?`,
        { cause: error, retry: true },
      );
    }
  }

  #refusal({ status, body }: Reply, what: string): ApertoError {
    const said = complaint.safeParse(body);
    const message = said.success ? said.data.message : `HTTP ${status}`;
    const at = `${what}: Grafana at ${this.#base.origin}`;
    switch (status) {
      case 401:
        return new ApertoError('config', `${at} does not know the token (${message}); make a new one`);
      case 403:
        return new ApertoError(
          'config',
          `${at} does not allow this token to do that (${message}); give its service account the role Editor`,
        );
      case 400:
        return new ApertoError(
          'config',
          /provisioned/i.test(message)
            ? `${at} has it from provisioning files (${message}); change those, or take them away first`
            : `${at} does not take it: ${message}`,
        );
      default:
        return new ApertoError('internal', `${at} answered ${status}: ${message}`, { retry: status >= 500 });
    }
  }
}

/** What is no JSON (a page of a proxy) is nothing that Grafana said. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return { notJson: messageOf(error) };
  }
};
