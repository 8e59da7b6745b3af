import type { Alerting } from './configuration.ts';
import { teams } from './rule.ts';

/**
 * Contact points and policies as Grafana's file provisioning takes them. Grafana has one tree of policies: this one
 * takes the place of what was there.
 */
export const renderContacts = ({ contact_points: points, policies }: Alerting) => ({
  apiVersion: 1,
  contactPoints: points.map(({ name, email, webhook }) => ({
    orgId: 1,
    name,
    receivers: [
      ...(email === undefined
        ? []
        : [
            {
              uid: `${name}-email`,
              type: 'email',
              settings: { addresses: email.join(';'), singleEmail: true },
            },
          ]),
      ...(webhook === undefined
        ? []
        : [{ uid: `${name}-webhook`, type: 'webhook', settings: { url: webhook, httpMethod: 'POST' } }]),
    ],
  })),
  policies: [
    {
      orgId: 1,
      receiver: policies.default,
      group_by: ['grafana_folder', 'alertname'],
      group_wait: `${policies.group_wait_min}m`,
      group_interval: `${policies.group_interval_min}m`,
      repeat_interval: `${policies.repeat_interval_min}m`,
      routes: teams.flatMap((team) => {
        const receiver = policies.teams[team];
        return receiver === undefined ? [] : [{ receiver, object_matchers: [['team', '=', team]] }];
      }),
    },
  ],
});
