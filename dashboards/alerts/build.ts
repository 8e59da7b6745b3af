import { stringify } from 'yaml';
import type { Site } from '../../model/site.ts';
import { languages } from '../text.ts';
import { alertsOf } from './alerts.ts';
import type { Alerting } from './configuration.ts';
import { renderContacts } from './contacts.ts';
import { renderRules } from './render.ts';

const heading =
  '# Made by "aperto dashboards build": change the source, not this file. See docs/alerts.md.\n';
const textOf = (file: object): string =>
  heading + stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });

/**
 * Grafana's alerting files in every language: name under `generated/` (`alerting/it/rules.yaml`) to text. Grafana gets
 * the folder of one language. Same site, same bytes.
 */
export const buildAlerts = (options: {
  readonly site: Site;
  readonly alerting: Alerting;
}): ReadonlyMap<string, string> => {
  const rules = alertsOf(options.site, options.alerting);
  return new Map(
    languages.flatMap((language): [string, string][] => [
      [`alerting/${language}/rules.yaml`, textOf(renderRules(rules, { ...options, language }))],
      [`alerting/${language}/contacts.yaml`, textOf(renderContacts(options.alerting))],
    ]),
  );
};
