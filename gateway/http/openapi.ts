import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { App } from './app.ts';
import { docsPolicy } from './security.ts';

export const tags = { data: 'data', books: 'books', operation: 'operation' } as const;

/**
 * Documents every route that is added after it: OpenAPI 3.1 at /docs, /docs/json and /docs/yaml.
 * @param locked whether the server asks for a token
 */
export const documentRoutes = async (app: App, locked: boolean): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Aperto',
        description:
          'Telemetry of open-air offices. Times are RFC 3339 in UTC; units stand beside the values.',
        version: '1',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      tags: [
        { name: tags.data, description: 'What the devices said.' },
        { name: tags.books, description: 'What became of every message.' },
        { name: tags.operation, description: 'For those who keep it running.' },
      ],
      ...(locked ? bearer : {}),
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => dropUnreferenced(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: { title: 'Aperto API' },
  });
};

const bearer = {
  components: { securitySchemes: { token: { type: 'http' as const, scheme: 'bearer' } } },
  security: [{ token: [] }],
};

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** Named schemas come once for input and once for output; what no route refers to is noise. */
const dropUnreferenced = (document: Document): Document => {
  const schemas = ('components' in document && document.components?.schemas) || {};
  const isReferenced = (name: string) => JSON.stringify(document).includes(`"#/components/schemas/${name}"`);
  for (;;) {
    const unreferenced = Object.keys(schemas).filter((name) => !isReferenced(name));
    if (unreferenced.length === 0) return document;
    for (const name of unreferenced) delete schemas[name];
  }
};
