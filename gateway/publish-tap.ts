import type { PublishPacket } from 'aedes';

/** What a PUBLISH needs to be read here; what needs more goes to the broker's own parser. */
const publishType = 3;
const headerBytesMax = 5;
/** A PUBLISH that is larger is read by the broker, which holds it against what a packet may have. */
const packetBytesMax = 8 * 1024;
/** Topics of printable ASCII without wildcards, and none of the broker's own. */
const firstPrintable = 0x20;
const lastPrintable = 0x7e;
const hash = 0x23;
const plus = 0x2b;
const slash = 0x2f;
const dollar = 0x24;

export interface PublishTapParts {
  readonly topicLevelsMax: number;
  /** Takes a PUBLISH of QoS 0 or 1, in the order in which they come. */
  readonly onPublish: (packet: PublishPacket) => void;
}

/**
 * Reads the PUBLISH packets at the head of each piece of a connection's stream, and leaves the rest to the broker:
 * every other packet, and each PUBLISH that is not of the plainest kind (QoS 2, properties of MQTT 5, large, an odd
 * topic). A packet is never taken before one that came earlier was handed on.
 */
export class PublishTap {
  readonly #parts: PublishTapParts;
  /** The beginning of a packet that may be for us. */
  #tail: Buffer | undefined;
  /** Bytes that the broker still needs of a packet of which it has the beginning. */
  #missing = 0;
  /** Set once CONNECT was answered. */
  isMqtt5 = false;

  constructor(parts: PublishTapParts) {
    this.#parts = parts;
  }

  /** @returns what is left for the broker, `null` where nothing is */
  take(bytes: Buffer): Buffer | null {
    const all = this.#tail === undefined ? bytes : Buffer.concat([this.#tail, bytes]);
    this.#tail = undefined;
    let at = Math.min(this.#missing, all.length);
    this.#missing -= at;
    let isHead = at === 0;
    let from = 0;
    while (at < all.length) {
      const body = bodyOf(all, at);
      if (body === undefined) {
        this.#tail = all.subarray(at);
        break;
      }
      const end = body.at + body.length;
      if (end > all.length) {
        if (isSmallPublish(all, at, end)) {
          this.#tail = all.subarray(at);
          break;
        }
        this.#missing = end - all.length;
        at = all.length;
        break;
      }
      isHead = isHead && this.#publish(all, at, body.at, end);
      at = end;
      if (isHead) from = end;
    }
    return at > from ? all.subarray(from, at) : null;
  }

  #publish(bytes: Buffer, start: number, body: number, end: number): boolean {
    const flags = bytes[start] ?? 0;
    if (end - start > packetBytesMax || !isPlain(flags) || body + 2 > end) return false;
    const topicEnd = body + 2 + bytes.readUInt16BE(body);
    const qos = flags & 2 ? 1 : 0;
    const idEnd = topicEnd + 2 * qos;
    if (idEnd > end || !this.#isTopic(bytes, body + 2, topicEnd)) return false;
    const messageId = qos === 1 ? bytes.readUInt16BE(topicEnd) : undefined;
    if (messageId === 0) return false;
    if (this.isMqtt5 && bytes[idEnd] !== 0) return false;
    const payloadAt = this.isMqtt5 ? idEnd + 1 : idEnd;
    if (payloadAt > end) return false;
    const topic = bytes.toString('latin1', body + 2, topicEnd);
    const payload = bytes.subarray(payloadAt, end);
    const retain = (flags & 1) !== 0;
    const dup = (flags & 8) !== 0;
    this.#parts.onPublish(
      messageId === undefined
        ? { cmd: 'publish', topic, payload, qos: 0, retain, dup }
        : { cmd: 'publish', topic, payload, qos: 1, retain, dup, messageId },
    );
    return true;
  }

  #isTopic(bytes: Buffer, from: number, to: number): boolean {
    if (from === to || bytes[from] === dollar) return false;
    let levels = 1;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < firstPrintable || byte > lastPrintable || byte === hash || byte === plus) return false;
      if (byte === slash) levels++;
    }
    return levels <= this.#parts.topicLevelsMax;
  }
}

/** A PUBLISH with QoS 0 or 1; QoS 0 cannot be sent again [MQTT-3.3.1-2]. */
const isPlain = (flags: number): boolean =>
  flags >> 4 === publishType && (flags & 4) === 0 && ((flags & 2) !== 0 || (flags & 8) === 0);

const isSmallPublish = (bytes: Buffer, start: number, end: number): boolean =>
  end - start <= packetBytesMax && isPlain(bytes[start] ?? 0);

/** Where the packet's body begins and how long it is; `undefined` where its fixed header is not complete. */
const bodyOf = (
  bytes: Buffer,
  start: number,
): { readonly at: number; readonly length: number } | undefined => {
  let length = 0;
  for (let at = start + 1; at < start + headerBytesMax; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** (at - start - 1);
    if (byte < 0x80) return { at: at + 1, length };
  }
  // A length of more than four bytes is none; the broker's parser ends such a connection.
  return { at: start + headerBytesMax, length };
};
