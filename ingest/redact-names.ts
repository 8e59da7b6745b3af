import type { Replacement } from './redact-addresses.ts';

/** Keys, whatever stands before them, under which payloads have what a person or a person's device is called. */
const personal =
  'host_?names?|hosts?|user_?names?|user_?ids?|users?|log_?in|client_?(?:names?|ids?)|names?|alias(?:es)?|notes?|' +
  'ssids?|identity|owners?|persons?|employees?|visitors?|contacts?|nick_?names?|surnames?|e?mails?|phones?|msisdn|' +
  'imsi|imei|people_?list';
/** What a sender shows to be believed, and what a controller tells of its networks. */
const secrets = 'secret|passw(?:or)?d|passwd|pwd|passphrase|token|api_?key|authkey|psk|authorization';

/** A quote as it is, or escaped in JSON within JSON. */
const quote = String.raw`\\{0,3}["']`;
/** What comes between a key and its value. */
const assigned = String.raw`(?:${quote})?\s{0,8}(?:=>|[:=])\s{0,8}`;

/** Values of the keys: quoted, listed, bare after `=`, or a bare word after `:`. One cut off has no closing quote. */
const valuesOf = (keys: string, by: string): readonly Replacement[] => {
  const key = `((?:${keys})${assigned})`;
  return [
    [
      new RegExp(String.raw`${key}(\\{1,3})(["'])(?:(?!\\{1,3}\3)[^]){0,4096}?(?:\\{1,3}\3|$)`, 'gi'),
      `$1$2$3${by}$2$3`,
    ],
    [new RegExp(String.raw`${key}"(?:[^"\\]|\\.)*(?:"|\\?$)`, 'gi'), `$1"${by}"`],
    [new RegExp(String.raw`${key}'(?:[^'\\]|\\.)*(?:'|\\?$)`, 'gi'), `$1'${by}'`],
    [new RegExp(String.raw`${key}\[(?=\s{0,8}${quote})[^\]]*(?:\]|$)`, 'gi'), `$1["${by}"]`],
    [
      new RegExp(
        String.raw`((?:${keys})${assigned})(?!null|true|false|[\s"'\\[{\d.-])[^\s"',;&|)\]}]+`,
        'gi',
      ),
      `$1${by}`,
    ],
    [new RegExp(`(<(?:${keys})(?: [^<>]{0,256})?>)[^<>]{1,256}`, 'gi'), `$1${by}`],
    [new RegExp(String.raw`((?:${keys})=)[^\s"'\\,;&|)\]}[{]+`, 'gi'), `$1${by}`],
  ];
};

/** Names that makers and owners give to what people carry, in whatever key they stand: `annas-iphone`, `DESKTOP-4F2`. */
const carried =
  /[\p{L}\p{N}'’_-]{0,40}(?:iphone|ipad|macbook|imac(?![a-z])|galaxy|android|huawei|redmi|oneplus|airpods|(?:desktop|laptop)-[a-z0-9]|[a-z0-9]['’]?[_-](?:phone|handy|tablet|laptop|notebook|pc|watch)(?![\p{L}\p{N}]))[\p{L}\p{N}'’_-]{0,40}/giu;
/** Names that only a local network knows. */
const local =
  /(?<![\p{L}\p{N}_.-])[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}\.(?:local|lan|home|internal|localdomain|fritz\.box|home\.arpa)(?![\p{L}\p{N}_-])/giu;

const mailPart = String.raw`[^\s"'<>()[\]{},;:=@\\\u0000-\u001f]`;

/** Mail addresses, names and secrets. After the addresses: one that stands behind a name is known by its mark. */
export const names: readonly Replacement[] = [
  [/\/\/[^\s"'/@]{1,256}@/g, '//[secret]@'],
  [new RegExp(`${mailPart}{1,64}(?:@|%40)${mailPart}{0,255}`, 'gi'), '[mail]'],
  // `hostname/address`, as Java prints one and Meraki passes it on.
  [/"[^"/\\]{1,253}\/\[ip\]/g, '"[name]/[ip]'],
  [local, '[name]'],
  [carried, '[name]'],
  [/\b(bearer|basic)\s{1,8}[\w.~+/=-]{6,}/gi, '$1 [secret]'],
  ...valuesOf(personal, '[name]'),
  ...valuesOf(secrets, '[secret]'),
];
