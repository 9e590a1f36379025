/** The document that tells other programs what there is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTES, type Route } from '../../../sdk/src/api/index.ts';
import { openApiDocument } from './open-api.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, object>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

// As a client reads it.
const document = JSON.parse(JSON.stringify(openApiDocument('1.2.3'))) as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Every schema in the document. */
function* schemas(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'schema' || name === 'contentSchema') yield inner as Record<string, unknown>;
    yield* schemas(inner);
  }
}

test('[HT10] every route of the table is in the document, once, with its names', () => {
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(ROUTES).sort());
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const operation = document.paths[route.path]![route.method.toLowerCase()]!;
    const inPath = operation.parameters.filter((one) => one.in === 'path');
    assert.deepEqual(
      inPath.map((one) => `{${one.name}}`),
      route.path.match(/\{\w+\}/g) ?? [],
      name,
    );
    assert.ok(inPath.every((one) => one.required));
    assert.equal('requestBody' in operation, route.body !== undefined || route.upload === true, name);
    assert.ok(String(route.status ?? 200) in operation.responses, name);
    assert.ok(
      ['400', '401', '403'].every((status) => status in operation.responses),
      name,
    );
  }
});

test('[HT11] it is OpenAPI: references lead somewhere, places hold what the specification lets them hold', () => {
  const text = JSON.stringify(document);
  for (const [, place] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = place!
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
    assert.ok(target !== undefined, place);
  }
  const known = ['openapi', 'jsonSchemaDialect', 'info', 'servers', 'security', 'tags', 'paths', 'components'];
  assert.deepEqual(
    Object.keys(document).filter((name) => !known.includes(name)),
    [],
  );
  for (const operation of operations) {
    const fields = ['operationId', 'summary', 'tags', 'parameters', 'requestBody', 'responses'];
    assert.deepEqual(
      Object.keys(operation).filter((name) => !fields.includes(name)),
      [],
    );
    const places = operation.parameters.map((one) => `${one.in} ${one.name}`);
    assert.equal(new Set(places).size, places.length);
  }
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
});

test('[HT12] its schemas are JSON Schema of the dialect that it names', async () => {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'doc', components: document.components });
  let count = 0;
  for (const schema of schemas(document)) {
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as object;
    assert.equal(ajv.validateSchema(local), true, JSON.stringify(ajv.errors));
    ajv.compile(local);
    count += 1;
  }
  assert.ok(count > 50, `${count}`);
  const limit = document.paths['/api/works']!.get!.parameters.find(({ name }) => name === 'limit');
  assert.equal((limit!.schema as { type?: string }).type, 'integer');
});
