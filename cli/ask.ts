import { readSecret } from '../gateway/secret.ts';
import { ApertoError, messageOf } from '../model/errors.ts';

/**
 * Asks the HTTP API of a running Aperto, with the token of APERTO_HTTP_TOKEN where that is set.
 * @throws ApertoError `usage` where nobody answers or the answer is a refusal
 */
export const ask = async <Answer>(url: string, path: string): Promise<Answer> => {
  const token = readSecret('APERTO_HTTP_TOKEN', process.env);
  let response: Response;
  try {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    response = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new ApertoError(
      'usage',
      `no Aperto answers at ${url} (${messageOf(cause)}); start it with "aperto up" or name it with --url`,
    );
  }
  const text = await response.text();
  if (!response.ok)
    throw new ApertoError('usage', `${url}: ${response.status} ${detailOf(text) ?? response.statusText}`);
  const answer: Answer = JSON.parse(text);
  return answer;
};

/** The one clear line of a problem document [RFC 9457 §3.1.4]. */
const detailOf = (text: string): string | undefined => /"detail":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
