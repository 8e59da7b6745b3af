const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A post of Meraki's cloud in two parts, so that the secret gets nowhere from here. */
export interface MerakiPost {
  readonly secret: string;
  /** The post without it. */
  readonly payload: Uint8Array;
}

/** Takes the shared secret out of a post; `undefined` where there is none, or where it is no JSON that can be read. */
export const splitSecret = (body: Uint8Array): MerakiPost | undefined => {
  try {
    const post: unknown = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    );
    if (!isObject(post)) return undefined;
    const { secret, ...rest } = post;
    return typeof secret === 'string' ? { secret, payload: Buffer.from(JSON.stringify(rest)) } : undefined;
  } catch (error) {
    // RangeError: it is nested more deeply than it can be written again.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
};
