/** The wire as JSON Schema, for clients in other languages: printed into `sdk/wire.schema.json`, where a test holds it still. */
import { z } from 'zod';
import { clientMessageSchema, METHODS, PROTOCOL, serverMessageSchema } from './protocol/index.ts';

/** The text of `wire.schema.json`. */
export function formatWireSchema(): string {
  const schema = (type: z.ZodType): object => z.toJSONSchema(type, { io: 'output', unrepresentable: 'any' });
  const results = Object.fromEntries(Object.entries(METHODS).map(([name, { result }]) => [name, schema(result)]));
  const wire = {
    protocol: PROTOCOL,
    clientMessage: schema(clientMessageSchema),
    serverMessage: schema(serverMessageSchema),
    results,
  };
  return `${JSON.stringify(wire, null, 2)}\n`;
}
