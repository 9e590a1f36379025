/**
 * The OpenAPI 3.1 document of the HTTP interface, made from the table of routes: the same schemas that check requests and
 * that the client takes its types from.
 */
import { z } from 'zod';
import { eventSchema, ROUTES, type Route } from '../../../sdk/src/api/index.ts';
import { wireErrorSchema } from '../../../sdk/src/protocol/index.ts';

type Schema = Record<string, unknown>;

const KEY = [{ key: [] }, { cookie: [] }];

/** Builds the document for a release. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'LLMAgentOS',
      version,
      summary: 'A local-first system for making art with models',
      description:
        'Served on the loopback address of the machine it runs on. The key is in server.json of the home folder. ' +
        'Errors are `{ error: { kind, code, message, hint, zh? } }`; what each code means is in docs/errors.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:4870' }],
    security: KEY,
    tags: [...new Set(Object.values<Route>(ROUTES).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'llmagentos-4870' },
      },
      schemas: {
        Error: schemaOf(z.object({ error: wireErrorSchema }), 'output'),
        Event: schemaOf(eventSchema, 'output'),
      },
      responses: { Error: { description: 'What went wrong, and how to mend it', content: json(ref('schemas/Error')) } },
    },
  };
}

function operation(name: string, route: Route): object {
  const body = requestBody(route);
  return {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route)],
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      [String(route.status ?? 200)]: success(route),
      ...Object.fromEntries(
        [400, 401, 403, 404, 429, ...(route.body || route.upload ? [413, 415] : []), 500].map((status) => [
          String(status),
          ref('responses/Error'),
        ]),
      ),
    },
  };
}

function success(route: Route): object {
  if (route.result !== undefined)
    return { description: route.summary, content: json(schemaOf(route.result, 'output')) };
  const events = route.answers === 'text/event-stream';
  // A stream has no schema of its own in OpenAPI 3.1; each message's data is one Event.
  const schema = events
    ? { type: 'string', contentMediaType: 'application/json', contentSchema: ref('schemas/Event') }
    : {};
  return { description: route.summary, content: { [route.answers ?? 'application/octet-stream']: { schema } } };
}

function requestBody(route: Route): object | undefined {
  if (route.upload) return { required: true, content: { 'application/octet-stream': { schema: {} } } };
  return route.body && { required: true, content: json(schemaOf(route.body, 'input')) };
}

function pathParameters({ path }: Route): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Route): object[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const outputs = (schemaOf(query, 'output').properties ?? {}) as Record<string, Schema>;
  return Object.entries(properties).map(([name, given]) => {
    // What is read from a query is described by what it becomes: `limit` is a number.
    const { description, ...schema } = { ...given, ...outputs[name] };
    return { name, in: 'query', required: required.includes(name), schema, ...(description ? { description } : {}) };
  });
}

function headerParameters({ upload, answers }: Route): object[] {
  const header = (name: string, description: string): object => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  if (upload) return [header('x-file-name', 'name of the file, percent-encoded')];
  if (answers === 'text/event-stream') return [header('last-event-id', 'goes on after this event')];
  return [];
}

function tagOf({ path }: Route): string {
  return path.split('/')[2] ?? 'api';
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return schema;
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function ref(place: string): object {
  return { $ref: `#/components/${place}` };
}
