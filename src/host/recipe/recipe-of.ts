/**
 * The recipe of a work: all steps that led to it, with what differs from the usual. It is short enough to travel in a file, and
 * enough, wherever ops and models are the same, to make the same work under the same name.
 *
 *   plan/read { brief } ─▶ verse/compose ─▶ …      steps in order; `of`: [step, place] of each work a step was made from
 */
import { z } from 'zod';
import { canonicalJson, type Json } from '../../core/index.ts';
import { BROUGHT, type Kernel, type Op, type Work } from '../../kernel/index.ts';

export interface RecipeStep {
  readonly op: string;
  readonly version: number;
  readonly seed: number;
  /** Only what is not the op's default. */
  readonly options?: Readonly<Record<string, Json>>;
  readonly of?: readonly (readonly [step: number, place: number])[];
}

export interface Recipe {
  readonly format: 1;
  /** Id of the work. */
  readonly work: string;
  /** Place of the work among those of the last step. */
  readonly place: number;
  readonly medium: string;
  readonly title: string;
  readonly steps: readonly RecipeStep[];
}

/** A work with a longer history than this travels without it. */
const MOST_STEPS = 40;

/** Undefined where a file was brought on the way, something is no longer there, or the history is too long. */
export async function recipeOf(kernel: Kernel, work: Work): Promise<Recipe | undefined> {
  const steps: RecipeStep[] = [];
  const places = new Map<string, number>();
  const add = async (one: Work): Promise<number | undefined> => {
    const known = places.get(one.recordHash);
    if (known !== undefined) return known;
    const of: [number, number][] = [];
    for (const id of one.parents) {
      const parent = await kernel.storage.works.find(id);
      const step = parent && (await add(parent));
      if (step === undefined) return undefined;
      of.push([step, parent!.place]);
    }
    if (one.record.op === BROUGHT || steps.length >= MOST_STEPS) return undefined;
    places.set(one.recordHash, steps.length);
    return steps.push(stepOf(one, kernel.ops.get(one.record.op), of)) - 1;
  };
  if ((await add(work)) === undefined) return undefined;
  const { id, place, medium, title } = work;
  return { format: 1, work: id, place, medium, title, steps };
}

function stepOf({ record }: Work, op: Op | undefined, of: [number, number][]): RecipeStep {
  const options = withoutUsual(record.options, op);
  return {
    op: record.op,
    version: record.version,
    seed: record.seed,
    ...(Object.keys(options).length > 0 && { options }),
    ...(of.length > 0 && { of }),
  };
}

function withoutUsual(options: Json, op: Op | undefined): Record<string, Json> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return {};
  const usual = op ? defaultsOf(op) : {};
  return Object.fromEntries(
    Object.entries(options as Record<string, Json>).filter(
      ([name, value]) => usual[name] === undefined || canonicalJson(usual[name]) !== canonicalJson(value),
    ),
  );
}

function defaultsOf(op: Op): Readonly<Record<string, Json>> {
  const { properties = {} } = z.toJSONSchema(op.options, { io: 'input', unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) =>
      typeof schema === 'object' && schema.default !== undefined ? [[name, schema.default as Json]] : [],
    ),
  );
}
