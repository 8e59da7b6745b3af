import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { readRoot } from './compose-file.ts';

const text = z.string().min(1);
const description = z.strictObject({
  shortDescription: text.max(150),
  longDescription: text.min(150).max(10_000),
  features: z.array(text).min(5).max(20),
});
const dependency = z.strictObject({
  name: text,
  versionMin: text.optional(),
  optional: z.boolean().optional(),
});

/** The keys that we use of the standard's version 0.7, with its own limits and words. */
const standard = z.strictObject({
  publiccodeYmlVersion: z.literal('0.7'),
  name: text,
  url: z.url({ protocol: /^https$/ }),
  softwareVersion: text,
  developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
  softwareType: z.enum(['standalone/iot', 'standalone/web', 'standalone/backend', 'standalone/other']),
  platforms: z.array(z.enum(['web', 'windows', 'mac', 'linux', 'ios', 'android'])).min(1),
  categories: z
    .array(z.enum(['data-collection', 'data-visualization', 'facility-management', 'network-management']))
    .min(1),
  organisation: z.strictObject({ uri: z.string().regex(/^urn:x-italian-pa:[a-z0-9_]+$/), name: text }),
  intendedAudience: z.strictObject({
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
    scope: z.array(z.enum(['local-authorities', 'energy', 'infrastructures'])),
  }),
  description: z.strictObject({ it: description, en: description }),
  legal: z.strictObject({ license: text, mainCopyrightOwner: text, repoOwner: text }),
  maintenance: z.strictObject({
    type: z.literal('internal'),
    contacts: z.array(z.strictObject({ name: text, affiliation: text })).min(1),
  }),
  localisation: z.strictObject({
    localisationReady: z.boolean(),
    availableLanguages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  }),
  dependsOn: z.strictObject({ open: z.array(dependency) }),
  IT: z.strictObject({
    countryExtensionVersion: z.literal('1.0'),
    riuso: z.strictObject({ codiceIPA: z.string().regex(/^[a-z]_[a-z]\d{3}$/) }),
  }),
});

const publiccode = standard.parse(parse(readRoot('publiccode.yml')));

test('publiccode.yml says of version, licence and Node what the package says', () => {
  expect(publiccode.softwareVersion).toBe(manifest.version);
  expect(publiccode.legal.license).toBe(manifest.license);
  const node = publiccode.dependsOn.open.find(({ name }) => name === 'Node.js');
  expect(`>=${node?.versionMin}`).toBe(manifest.engines.node);
});

test('both languages list the same features, and one administration is named', () => {
  const { it, en } = publiccode.description;
  expect(it.features).toHaveLength(en.features.length);
  expect(publiccode.organisation.uri).toBe(`urn:x-italian-pa:${publiccode.IT.riuso.codiceIPA}`);
});

test('LICENSE is the whole EUPL 1.2: fifteen articles and the appendix', () => {
  const licence = readRoot('LICENSE');
  const articles = [...licence.matchAll(/^(\d+)\.\s*[A-Z]/gm)].map(([, number]) => Number(number));
  expect(articles).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect(licence).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/);
  expect(licence).toMatch(/\n\s*Appendix\n[\s\S]*LiLiQ-R\+[\s\S]*production of a new EUPL version\.\n$/);
});

test('the changelog has a part for what is not released', () => {
  expect(readRoot('CHANGELOG.md')).toMatch(/^# Changelog\n[\s\S]*\n## \[?Unreleased\]?\n/);
});
