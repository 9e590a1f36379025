/** A text as JSON that follows a schema, or what is wrong with it. */
import { z } from 'zod';
import type { Json } from '../../../core/index.ts';

export type Checked = { readonly value: Json } | { readonly wrong: string };

/** Prepares a check of a JSON Schema (drafts 4, 7 and 2020-12). Throws where the schema itself cannot be read. */
export function createCheck(schema: { readonly [key: string]: Json }): (text: string) => Checked {
  const form = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  return (text) => {
    const found = readJson(text);
    if (found === undefined) return { wrong: 'it is no JSON' };
    const result = form.safeParse(found);
    if (result.success) return { value: found };
    const issues = result.error.issues.slice(0, 5);
    return { wrong: issues.map(({ path, message }) => `${path.join('.') || 'value'}: ${message}`).join('; ') };
  };
}

/** The JSON in a text: all of it, inside a fence, or from the first bracket to the last. */
export function readJson(text: string): Json | undefined {
  const fenced = /```(?:json)?\s*\n?([\s\S]*?)```/i.exec(text)?.[1];
  const first = text.search(/[[{]/);
  const last = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const inside = first >= 0 && last > first ? text.slice(first, last + 1) : undefined;
  for (const one of [text, fenced, inside]) {
    const value = one === undefined ? undefined : parse(one);
    if (value !== undefined) return value;
  }
  return undefined;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
