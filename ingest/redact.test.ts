import { Encoder } from 'cbor-x';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import { redact, redactAddresses } from './redact.ts';

const redacted = (text: string): string => redact(Buffer.from(text));

test.each([
  'aa:bb:cc:dd:ee:ff',
  'AA:BB:CC:11:22:33',
  '00-1b-63-84-45-e6',
  '00_1b_63_84_45_e6',
  '00.1b.63.84.45.e6',
  '001b.6384.45e6',
  '001B-6384-45E6',
  '001b63-8445e6',
  '001b638445e6',
  'AABBCCDDEEFF',
  'aabbccddeeff',
  '00:1b:63:ff:fe:84:45:e6',
  '001b.63ff.fe84.45e6',
  '001b63fffe8445e6',
])('the hardware address %s is blacked out, wherever it stands', (mac) => {
  for (const text of [mac, `{"mac":"${mac}"}`, `{"${mac}":-61}`, `client_${mac} left`, `[${mac}/24]`]) {
    expect(redacted(text)).toBe(text.replace(mac, '[mac]'));
  }
});

test('an address of digits alone is one where it is quoted, and a number where it is not', () => {
  expect(redacted('{"mac":"001122334455","uptime":123456789012}')).toBe(
    '{"mac":"[mac]","uptime":123456789012}',
  );
});

test.each([
  '192.168.1.10',
  '10.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  '2001:db8::',
  '2001:DB8::8a2e:370:7334',
  '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  '::ffff:192.168.1.10',
  '64:ff9b::192.0.2.33',
])('the address %s is blacked out', (ip) => {
  for (const text of [`{"ip":"${ip}"}`, `from ${ip} on`, `[${ip}]:8080`, `${ip}/64`]) {
    expect(redacted(text)).toBe(text.replace(ip, '[ip]'));
  }
});

test.each(['anna.rossi@comune.example.it', 'a+b@x.it', 'josé@example.it', "o'neill@x.example"])(
  'the mail address %s is blacked out',
  (mail) => {
    expect(redacted(`{"from":"${mail}","n":1}`)).not.toContain('@');
  },
);

test.each([
  ['{"hostname":"annas-phone","n":1}', '{"hostname":"[name]","n":1}'],
  ['{"dhcp_hostname": "anna" }', '{"dhcp_hostname": "[name]" }'],
  ['{"user":"Anna \\"the\\" Rossi","n":1}', '{"user":"[name]","n":1}'],
  ['{"userName":"Anna', '{"userName":"[name]"'],
  ['ssid="Casa Rossi"', 'ssid="[name]"'],
  ['{"ipv4":"laptop-anna/10.4.1.31"}', '{"ipv4":"[name]/[ip]"}'],
  ['{"userId":"+39 0721 000000"}', '{"userId":"[name]"}'],
])('a name goes: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  [
    '{"version":"3.0","secret":"geheim","type":"WiFi"}',
    '{"version":"3.0","secret":"[secret]","type":"WiFi"}',
  ],
  ['{"sharedSecret" : "ge\\"heim"}', '{"sharedSecret" : "[secret]"}'],
  ['{"x_passphrase":"geheim","guest_token":"4F"}', '{"x_passphrase":"[secret]","guest_token":"[secret]"}'],
  ['{"api_key":"cut off', '{"api_key":"[secret]"'],
  ['password="geheim"', 'password="[secret]"'],
])('a secret goes: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  '08:00:00',
  '{"t":"2026-06-23T08:00:00Z"}',
  '{"t":"2026-06-23T08:00:00.123456789+02:00"}',
  '{"t":"20260623T080000Z","d":"2026-06-23"}',
  '{"temperature_c":1.25,"co2_ppm":415.5,"t":1782201600000}',
  '-12.5e-3',
  'aperto/1/via-rossini/seat/S07',
  '{"device":"AP1","seat":"S07","meter":"M8"}',
  '{"in_total":4294967294,"tx_bytes":9007199254740991}',
  '{"radios":{"2.4":{"channel":11},"5":{"channel":36}}}',
  '{"version":"1.14.0","hex":"c0ffee"}',
  '{"a":{"b":[]}}',
])('%s is left as it is', (text) => {
  expect(redacted(text)).toBe(text);
});

test('control characters are shown as dots, and no terminal is told what to do', () => {
  expect(redacted('{"a":"b\u0000","c":"\u001b[31md"}\n{"e":1}')).toBe('{"a":"b·","c":"·[31md"}·{"e":1}');
});

test.each([['aa:bb:cc:dd:ee:ff'], ['192.168.100.200'], ['2001:db8::8a2e:370:7334'], ['anna@example.it']])(
  'nothing of %s is left where the limit cuts it',
  (identity) => {
    for (let shown = 1; shown < identity.length; shown++) {
      const text = `${' '.repeat(limits.quarantinePayloadBytesMax - shown)}${identity} and more`;
      expect(redacted(text).trim()).toBe('');
    }
  },
);

test.each([
  ['{"clients":{"aa:bb:cc:d', '{"clients":{"[mac]'],
  ['{"mac":"aa-bb-cc-dd-ee-', '{"mac":"[mac]'],
  ['{"ip":"192.168.1.', '{"ip":"[ip]'],
  ['{"t":"2026-06-23T08:00:00', '{"t":"2026-06-23T08:00:00'],
])('nothing of an address is left where the payload itself was cut: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each(['stationaa:bb:cc:dd:ee:ff', 'aa:bb:cc:dd:ee:ffleft', 'eaa:bb:cc:dd:ee:ff0', 'wlanaabbccddeeff'])(
  'an address is one beside a word, too: %s',
  (text) => {
    expect(redacted(text)).toContain('[mac]');
  },
);

test('a name is blacked out where the limit cuts it', () => {
  const text = `${' '.repeat(limits.quarantinePayloadBytesMax - 20)}{"user":"Anna Maria Rossi"}`;
  expect(redacted(text).trim()).toBe('{"user":"[name]"');
});

test('whatever comes, the answer is bounded, printable and quick', () => {
  const hard = [
    'a',
    '1',
    ':',
    '::',
    'a:',
    '1.',
    '@',
    'a@',
    '"',
    '\\',
    '"user":"',
    'token',
    '_',
    'é',
    '\u0000',
  ];
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 5_000 }),
    fc.constantFrom(...hard).map((part) => Buffer.from(part.repeat(100_000))),
  );
  fc.assert(
    fc.property(payload, (bytes) => {
      const began = performance.now();
      const text = redact(bytes);
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(text.length).toBeLessThanOrEqual(limits.quarantinePayloadBytesMax);
      expect(text).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test.each([
  ["{'mac': 'A4:83:E7:5B:C2:19', 'user': \"O'Neill\"}", "{'mac': '[mac]', 'user': \"[name]\"}"],
  [
    '{"raw":"{\\"hostname\\":\\"annas-box\\",\\"n\\":1}"}',
    '{"raw":"{\\"hostname\\":\\"[name]\\",\\"n\\":1}"}',
  ],
  ['hostname=annas-box mac=0:1b:63:84:45:e6 rssi=-61', 'hostname=[name] mac=[mac] rssi=-61'],
  ['host: annas-box', 'host: [name]'],
  ['{"users":["anna","bob"],"n":2}', '{"users":["[name]"],"n":2}'],
  ['{"user":["anna","bo', '{"user":["[name]"]'],
  [
    '{"owner":"Anna","displayName":"Anna","email":"x"}',
    '{"owner":"[name]","displayName":"[name]","email":"[name]"}',
  ],
  ['<client><hostname>annas-box</hostname></client>', '<client><hostname>[name]</hostname></client>'],
  ['http://anna:geheim@10.0.0.3:80/?token=abc123&n=1', 'http://[secret]@[ip]:80/?token=[secret]&n=1'],
  ['Authorization: Bearer eyJhbGciOi.abc.def', 'Authorization: [secret] [secret]'],
  [
    '{"seen":["annas-iphone","DESKTOP-4F2K9QX","bobs-tablet","nas.local"]}',
    '{"seen":["[name]","[name]","[name]","[name]"]}',
  ],
  ['PUTVAL marias-laptop/iwinfo-wlan0/stations 3', 'PUTVAL [name]/iwinfo-wlan0/stations 3'],
  ['"a4%3A83%3Ae7%3A5b%3Ac2%3A19"', '"[mac]"'],
  ['"a4\\u003a83\\u003ae7\\u003a5b\\u003ac2\\u003a19"', '"[mac]"'],
  ['a4 83 e7 5b c2 19', '[mac]'],
  ['sta 001122334455 rssi -61', 'sta [mac] rssi -61'],
  ['ip-10-77-3-21.example', 'ip-[ip].example'],
  ['fe80::a683:e7ff:fe5b:c219%en0', '[ip]%en0'],
  ['anna%40example.it', '[mail]'],
  ['anna@localhost', '[mail]'],
])('what stands in unusual forms goes, too: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  ['{"ip6":"2001:db8:85a3:0:0:8a2e:37', '{"ip6":"[ip]'],
  ['{"ip":"192.168.1', '{"ip":"[ip]'],
  ['{"mac":"a483.e75b.c2', '{"mac":"[mac]'],
  ['{"mac":"a483e75b', '{"mac":"[mac]'],
  ['{"from":"anna.rossi@comu', '{"from":"[mail]'],
  ['{"hostname":"annas', '{"hostname":"[name]"'],
])('nothing of an identity is left where a payload ends in it: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  '{"hostname": null, "user": 17, "name": true}',
  '{"fCnt":12,"time":"2026-06-23 08:00:00.123456789+0200"}',
  '{"n":0.123456789012,"rows":[10,20,30,40,50,60]}',
  '{"end_device_ids":{"device_id":"desk-7"}}',
  '{"power":12.5,"unit":"kWh","state":"ready","channel":6}',
])('%s is left as it is, as well', (text) => {
  expect(redacted(text)).toBe(text);
});

test('of what is binary only the size is told: names have no quotes there', () => {
  const cbor = new Encoder({ useRecords: false });
  const packs = [[{ n: 'hostname', vs: 'annas-box' }], { hostname: 'annas-box', mac: 'a4:83:e7:5b:c2:19' }];
  for (const pack of packs) {
    const bytes = cbor.encode(pack);
    expect(redact(bytes)).toBe(`[binary, ${bytes.length} bytes]`);
  }
  // Sparkplug: a timestamp, then a metric whose name and value are text.
  const sparkplug = Buffer.from('0880d3a4e6f8331218', 'hex');
  expect(redact(Buffer.concat([sparkplug, Buffer.from('\n\bhostnamez\nannas-box')]))).toBe(
    '[binary, 30 bytes]',
  );
  expect(redact(Buffer.from('1782201590.5:12\0'))).toBe('1782201590.5:12·');
});

test('a topic is left without addresses, and keeps its names', () => {
  expect(redactAddresses('presence/a483.e75b.c219/fe80::1')).toBe('presence/[mac]/[ip]');
  expect(redactAddresses('owntracks/anna@example.it/10.0.0.3')).toBe('owntracks/[mail]/[ip]');
  const own = 'v3/desks@ttn/devices/24e124136b502217/up';
  expect(redactAddresses(own)).toBe(own);
});
