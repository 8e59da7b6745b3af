import type { HookSource } from './source.ts';

/** A post as it goes over the wire. */
export interface Sealed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const json = { 'content-type': 'application/json' };

/** Shows the shared secret as the source does: in a header that its owner may fill, or, as Meraki's cloud, in the body. */
export const seal = (source: HookSource, secret: string, payload: string | Uint8Array): Sealed => {
  switch (source) {
    case 'chirpstack':
    case 'unifi':
      return { headers: { ...json, authorization: `Bearer ${secret}` }, body: payload };
    case 'tts':
      return { headers: { ...json, 'x-downlink-apikey': secret }, body: payload };
    case 'ngsi':
      return { headers: { ...json, 'x-aperto-token': secret }, body: payload };
    case 'meraki':
      return { headers: json, body: withSecret(secret, payload) };
  }
};

/** As the first key of the object; what a fault made of a post may be none any more, and goes as it is. */
const withSecret = (secret: string, payload: string | Uint8Array): string | Uint8Array =>
  typeof payload === 'string' && payload.startsWith('{"')
    ? `{"secret":${JSON.stringify(secret)},${payload.slice(1)}`
    : payload;
