import { expect, test } from 'vitest';
import { isLoopback, isLoopbackAuthority, requireLock } from './exposure.ts';

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('only this machine reaches %s', (host) => {
  expect(isLoopback(host)).toBe(true);
  expect(() => requireLock(host, 'MQTT', false, 'set X')).not.toThrow();
});

test.each([
  '0.0.0.0',
  '::',
  '',
  '192.168.1.2',
  '127.0.0.1.example.org',
  '127.evil',
  'example.org',
  '::ffff:127.0.0.1',
])('the network may reach "%s", so it needs a lock', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(() => requireLock(host, 'MQTT', false, 'set APERTO_MQTT_PASSWORD')).toThrow(
    expect.objectContaining({
      code: 'config',
      message: `MQTT on ${host} would be open to the network without authentication: set APERTO_MQTT_PASSWORD, or listen on 127.0.0.1`,
    }),
  );
  expect(() => requireLock(host, 'MQTT', 'correct horse battery', 'set X')).not.toThrow();
  expect(() => requireLock(host, 'MQTT', true, 'set X')).not.toThrow();
});

test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.0.0.1:80', '127.8.9.1:1', '[::1]', '[::1]:8080'])(
  'a Host of %s is of this machine',
  (host) => expect(isLoopbackAuthority(host)).toBe(true),
);

test.each([
  '',
  'evil.example',
  '127.0.0.1.evil.example:80',
  'localhost.evil.example',
  '10.0.0.1',
  '[::2]:80',
])('a Host of "%s" is not', (host) => expect(isLoopbackAuthority(host)).toBe(false));
