import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readRoot } from '../../test/compose-file.ts';
import { parseAlerting } from './configuration.ts';
import { renderContacts } from './contacts.ts';

const text = readRoot('sites/via-rossini.alerts.yaml');
const changed = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = parse(text);
  change(file);
  return stringify(file);
};

test('contact points and policies are what Grafana reads from files', () => {
  const file = changed((given) => {
    Object.assign(given, {
      contact_points: [
        {
          name: 'street',
          email: ['a@example.org', 'b@example.org'],
          webhook: 'https://chat.example.org/hook',
        },
      ],
      policies: { default: 'street', teams: { it: 'street' } },
    });
  });
  expect(renderContacts(parseAlerting(file, 'alerts.yaml'))).toEqual({
    apiVersion: 1,
    contactPoints: [
      {
        orgId: 1,
        name: 'street',
        receivers: [
          {
            uid: 'street-email',
            type: 'email',
            settings: { addresses: 'a@example.org;b@example.org', singleEmail: true },
          },
          {
            uid: 'street-webhook',
            type: 'webhook',
            settings: { url: 'https://chat.example.org/hook', httpMethod: 'POST' },
          },
        ],
      },
    ],
    policies: [
      {
        orgId: 1,
        receiver: 'street',
        group_by: ['grafana_folder', 'alertname'],
        group_wait: '1m',
        group_interval: '5m',
        repeat_interval: '240m',
        routes: [{ receiver: 'street', object_matchers: [['team', '=', 'it']] }],
      },
    ],
  });
});

test.each([
  ['{', /^alerts\.yaml: not valid YAML: /],
  [
    changed(({ limits = {} }) => Object.assign(limits, { loss_pct: 300 })),
    /^alerts\.yaml: limits\.loss_pct: Too big/,
  ],
  [
    changed(({ policies = {} }) => Object.assign(policies, { default: 'nobody' })),
    /^alerts\.yaml: policies: no contact point is called "nobody"; add it or name another$/,
  ],
  [
    changed((file) => Object.assign(file, { contact_points: [{ name: 'it' }] })),
    /^alerts\.yaml: contact_points\.0: give it an email or a webhook$/,
  ],
])('a wrong file is one clear line', (file, message) => {
  expect(() => parseAlerting(file, 'alerts.yaml')).toThrow(
    expect.objectContaining({ code: 'config', message: expect.stringMatching(message) }),
  );
});
