import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one check [RFC 7914 §2]: 2^`logN` blocks of 128 × `r` bytes, `p` times. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** For a secret that a person chose, 16 MiB and some 0.2 s: what OWASP asks for at this size (2026). */
export const chosenCost: ScryptCost = { logN: 14, r: 8, p: 5 };
/** For 256 random bits, 1 MiB and some 3 ms: nobody guesses them at any price, and 10,000 devices come at once. */
export const generatedCost: ScryptCost = { logN: 10, r: 8, p: 1 };

const saltBytes = 16;
const keyBytes = 32;
/** A file may ask for so much and no more. */
const costMax: ScryptCost = { logN: 17, r: 16, p: 16 };

export interface ScryptHash extends ScryptCost {
  readonly salt: Buffer;
  readonly key: Buffer;
}

const derive = (secret: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> => {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, keyBytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
};

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** `$scrypt$ln=10,r=8,p=1$<salt>$<key>`: the parameters stand with the hash, so that later ones may be dearer. */
export const hashSecret = async (secret: string, cost: ScryptCost): Promise<string> => {
  const salt = randomBytes(saltBytes);
  const key = await derive(secret, salt, cost);
  return `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(key)}`;
};

const written = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** `undefined` where it is no such hash, or one that costs more than a check may. */
export const parseHash = (text: string): ScryptHash | undefined => {
  const [, logN, r, p, salt = '', key = ''] = written.exec(text) ?? [];
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const isSound = (name: keyof ScryptCost): boolean => cost[name] >= 1 && cost[name] <= costMax[name];
  if (!isSound('logN') || !isSound('r') || !isSound('p')) return undefined;
  return { ...cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
};

/** Whether the secret is the one that was hashed; compared in constant time, off the main thread. */
export const isSecretOf = async (hash: ScryptHash, secret: string): Promise<boolean> =>
  timingSafeEqual(await derive(secret, hash.salt, hash), hash.key);
