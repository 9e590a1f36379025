/**
 * Every op as a tool, by the same schema that every door checks with:
 *
 *   op verse/compose (plan?) { form, count, … } ─▶ tool verse_compose { inputs: [plan id], seed, form, count, … }
 */
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import type { Op } from '../../../kernel/index.ts';

/** Ops that reach out to addresses that the caller names. */
const OUTWARD: readonly string[] = ['corpus/collect'];

/** A tool and the op behind it. */
export interface OpTool {
  readonly tool: Tool;
  readonly op: Op;
}

/** All ops as tools, by the tools' names. */
export function opTools(os: Os): ReadonlyMap<string, OpTool> {
  return new Map(
    os.listOps().map((op) => {
      const tool = toolOf(op);
      return [tool.name, { tool, op }];
    }),
  );
}

function toolOf(op: Op): Tool {
  const { properties = {}, required = [] } = schemaOf(op.options);
  const [inputs, least] = inputsOf(op);
  return {
    name: op.name.replace(/[^A-Za-z0-9]+/g, '_'),
    title: op.name,
    description: `${op.summary.en} ${op.summary.zh}`,
    inputSchema: {
      type: 'object',
      properties: {
        ...(inputs && { inputs }),
        ...properties,
        seed: { type: 'integer', minimum: 0, description: SEED },
      },
      required: [...(least > 0 ? ['inputs'] : []), ...required],
    },
    annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: OUTWARD.includes(op.name) },
  };
}

const SEED = 'the same seed gives the same work; drawn when absent · 同一种子得同一作品';

interface ObjectSchema {
  readonly properties?: Record<string, object>;
  readonly required?: string[];
}

/** What a caller may give; defaults make an option optional. */
export function schemaOf(options: z.ZodType): ObjectSchema {
  return z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as ObjectSchema;
}

/** The schema of the input works, and how many there must be. */
function inputsOf({ inputs: places = [] }: Op): readonly [object | undefined, number] {
  if (places.length === 0) return [undefined, 0];
  const least = places.filter(({ optional }) => !optional).length;
  const told = places.slice(0, 4).map(({ name, medium, optional }) => {
    const of = name === medium ? name : `${name} (${medium === '*' ? 'any' : medium})`;
    return optional ? `${of}, optional` : of;
  });
  const more = places.length > 4 ? '; …' : '';
  const schema = {
    type: 'array',
    items: { type: 'string' },
    minItems: least,
    maxItems: places.length,
    description: `ids of works, in this order: ${told.join('; ')}${more} · 作品编号，依此次序`,
  };
  return [schema, least];
}
