import { ApertoError } from '../../model/errors.ts';

/** What to do about a reason code of CONNACK or SUBACK that no waiting will change [MQTT5 §2.4]. */
const advice: Readonly<Record<number, string>> = {
  1: 'it does not speak MQTT 5, which shared subscriptions need; name a broker that does',
  132: 'it does not speak MQTT 5, which shared subscriptions need; name a broker that does',
  133: 'it does not take this client id; choose another with --worker-id',
  134: 'user name or password is wrong; set APERTO_BROKER_USERNAME and APERTO_BROKER_PASSWORD (or APERTO_BROKER_PASSWORD_FILE)',
  135: 'not authorised; set APERTO_BROKER_USERNAME and APERTO_BROKER_PASSWORD, and allow this user to subscribe',
  138: 'it has banned this client; ask its administrator',
  140: 'it asks for another way to authenticate; allow user name and password or a client certificate',
  143: 'it does not take one of the topic filters; change --topic',
  158: 'it has no shared subscriptions, which workers need; switch them on or name a broker that has them',
  162: 'it has no wildcard subscriptions; switch them on or name a broker that has them',
};

/** What those codes mean that pass by themselves, and those that end a connection. */
const meaning: Readonly<Record<number, string>> = {
  128: 'it gave no reason',
  136: 'it is not available',
  137: 'it is busy',
  139: 'it is shutting down',
  141: 'it heard nothing from us for too long',
  147: 'more messages were on their way than agreed',
  149: 'a packet was too large',
  151: 'a quota is used up',
  152: 'an administrator closed the connection',
  159: 'too many connections in a short time',
};

export const takenOver = 142;

/**
 * The broker said no. `retry` tells whether it may say otherwise later.
 * @param what `connect`, `subscribe to …`
 */
export const refusal = (broker: string, what: string, reasonCode: number): ApertoError => {
  const known = advice[reasonCode];
  const text = known ?? meaning[reasonCode] ?? `reason code 0x${reasonCode.toString(16)}`;
  return new ApertoError('config', `broker ${broker}: refused to ${what}: ${text}`, {
    retry: known === undefined,
  });
};

/** TLS: the broker is not who it should be, or nobody we believe says so. */
export const distrust = (broker: string, why: string): ApertoError =>
  new ApertoError(
    'config',
    `broker ${broker}: its certificate is not believed: ${why}; set APERTO_BROKER_CA_FILE to the authority that signed it, and use the name that is in it`,
  );

/** The broker ended the connection with a DISCONNECT [MQTT5 §3.14.2.1]. */
export const farewell = (broker: string, clientId: string, reasonCode: number): ApertoError => {
  if (reasonCode === takenOver) {
    return new ApertoError(
      'config',
      `broker ${broker}: another client has connected as "${clientId}"; give each worker of a broker its own --worker-id`,
      { reason: 'taken_over' },
    );
  }
  const text = meaning[reasonCode] ?? `reason code 0x${reasonCode.toString(16)}`;
  return new ApertoError('closed', `broker ${broker}: closed the connection: ${text}`, { retry: true });
};

/** An error of SUBACK carries the reason codes of all filters. */
export const subscribeRefusal = (url: string, what: string, error: Error): Error => {
  const codes = 'packet' in error ? reasonCodes(error.packet) : [];
  const code = codes.find((reason) => reason >= 0x80);
  return code === undefined
    ? new ApertoError('closed', `broker ${url}: ${error.message}`, { retry: true })
    : refusal(url, what, code);
};

const reasonCodes = (packet: unknown): readonly number[] =>
  typeof packet === 'object' && packet !== null && 'granted' in packet && Array.isArray(packet.granted)
    ? packet.granted.filter((code) => typeof code === 'number')
    : [];
