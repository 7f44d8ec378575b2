import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { problemCodes } from './problems';

export interface DocsOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

/** The OpenAPI 3.1 document of an app, made from its routes and schemas. */
export function openApiOf(app: INestApplication, docs: DocsOptions): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(docs.title)
    .setDescription(docs.description)
    .setVersion(docs.version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addGlobalResponse({
      status: 'default',
      description: 'Refused: RFC 9457, with a stable `code`',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = cleanupOpenApiDoc(SwaggerModule.createDocument(app, config));
  return { ...document, components: { ...document.components, schemas: { ...document.components?.schemas, Problem } } };
}

/** `/openapi.json` and a reference page at `/docs` whose scripts come from this process, not from elsewhere. */
export function serveDocs(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: document.info.title,
  });
}

const Problem = {
  type: 'object' as const,
  required: ['type', 'code', 'status', 'title'],
  properties: {
    type: { type: 'string' as const, description: 'urn:garda:<code>' },
    code: { type: 'string' as const, enum: [...problemCodes] },
    status: { type: 'integer' as const },
    title: { type: 'string' as const, description: 'In the language of Accept-Language' },
    detail: { type: 'string' as const, description: 'For developers, in English' },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['path', 'message'],
        properties: { path: { type: 'string' as const }, message: { type: 'string' as const } },
      },
    },
    correlationId: { type: 'string' as const, format: 'uuid' },
  },
};
