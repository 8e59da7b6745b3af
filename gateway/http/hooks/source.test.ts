import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../../test/support/directory.ts';
import { readHookSecrets } from './source.ts';

it('reads the secrets that somebody set, from the environment or from files', () => {
  const file = join(temporaryDirectory(), 'unifi.txt');
  writeFileSync(file, 'a secret in a file\n');
  const secrets = readHookSecrets({
    APERTO_HOOK_CHIRPSTACK_TOKEN: 'a secret of a network server',
    APERTO_HOOK_UNIFI_TOKEN_FILE: file,
    APERTO_HOOK_MERAKI_VALIDATOR: '9f86d081884c7d65',
    APERTO_HOOK_NGSI_TOKEN: '',
  });
  expect([...secrets.tokens]).toEqual([
    ['chirpstack', 'a secret of a network server'],
    ['unifi', 'a secret in a file'],
  ]);
  expect(secrets.merakiValidator).toBe('9f86d081884c7d65');
});

it('has no defaults', () => {
  expect(readHookSecrets({})).toEqual({ tokens: new Map() });
});

it('refuses a secret that can be guessed', () => {
  expect(() => readHookSecrets({ APERTO_HOOK_TTS_TOKEN: 'secret' })).toThrow(
    'APERTO_HOOK_TTS_TOKEN: shorter than 12 characters',
  );
});
