import type { Site } from '../../model/site.ts';
import { LocalTime } from '../local-time.ts';

export interface CatalogueOptions {
  readonly site: Site;
  readonly months: readonly string[];
  readonly file: string;
  readonly format: 'parquet' | 'csv';
  readonly publisher: string;
  /** Code of the public body in IndicePA, such as `c_g479`. */
  readonly publisherCode: string;
  readonly landingPage: string;
}

const authority = 'http://publications.europa.eu/resource/authority';

/**
 * The data set and its file in DCAT-AP_IT 1.0: the properties that the profile makes mandatory, with the European
 * authority tables for theme, frequency, language, format and place.
 */
export const catalogue = (options: CatalogueOptions) => {
  const { site, months, file, format, publisher, publisherCode, landingPage } = options;
  const local = new LocalTime(site.timezone);
  const [first = '', last = first] = [months[0], months.at(-1)];
  const day = (time: number): string => local.at(time).day.date;
  const identifier = `${publisherCode}:aperto-${site.id}-${first}-${last}`;
  const agent = {
    '@id': `urn:ipa:${publisherCode}`,
    '@type': ['dcatapit:Agent', 'foaf:Agent'],
    'dct:identifier': publisherCode,
    'foaf:name': publisher,
  };
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      vcard: 'http://www.w3.org/2006/vcard/ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
      dcatapit: 'http://dati.gov.it/onto/dcatapit#',
    },
    '@id': `${landingPage}#${identifier}`,
    '@type': ['dcatapit:Dataset', 'dcat:Dataset'],
    'dct:identifier': identifier,
    'dct:title': [
      { '@language': 'it', '@value': `Uso, Wi-Fi ed energia di ${site.name}, ${site.city}` },
      { '@language': 'en', '@value': `Use, Wi-Fi and energy of ${site.name}, ${site.city}` },
    ],
    'dct:description': [
      {
        '@language': 'it',
        '@value': `Indicatori orari e giornalieri dell'ufficio all'aperto, ${first}–${last}. Gruppi di meno di cinque posti non sono pubblicati.`,
      },
      {
        '@language': 'en',
        '@value': `Hourly and daily figures of the open-air office, ${first}–${last}. Groups of fewer than five seats are not told of.`,
      },
    ],
    'dct:issued': { '@type': 'xsd:date', '@value': day(local.month(last).to) },
    'dct:modified': { '@type': 'xsd:date', '@value': day(local.month(last).to) },
    'dct:accrualPeriodicity': { '@id': `${authority}/frequency/MONTHLY` },
    'dct:language': { '@id': `${authority}/language/ITA` },
    'dct:spatial': { '@id': `${authority}/country/ITA` },
    'dct:temporal': {
      '@type': ['dct:PeriodOfTime', 'dcatapit:PeriodOfTime'],
      'dcatapit:startDate': { '@type': 'xsd:date', '@value': `${first}-01` },
      'dcatapit:endDate': { '@type': 'xsd:date', '@value': day(local.month(last).to - 1) },
    },
    'dcat:theme': [{ '@id': `${authority}/data-theme/GOVE` }, { '@id': `${authority}/data-theme/ENER` }],
    'dcat:landingPage': { '@id': landingPage },
    'dct:publisher': agent,
    'dct:rightsHolder': agent,
    'dct:creator': agent,
    'dcat:distribution': {
      '@id': `${landingPage}/${file}`,
      '@type': ['dcatapit:Distribution', 'dcat:Distribution'],
      'dct:title': file,
      'dct:format': { '@id': `${authority}/file-type/${format === 'csv' ? 'CSV' : 'PARQUET'}` },
      'dct:license': { '@id': 'https://creativecommons.org/licenses/by/4.0/' },
      'dcat:accessURL': { '@id': landingPage },
      'dcat:downloadURL': { '@id': `${landingPage}/${file}` },
    },
  };
};
