/**
 * A brief becomes works that belong together; one way for every door.
 *
 *   brief ─▶ plan ─┬▶ poem ─┬▶ what the poem shows ─▶ picture, the poem written on it
 *                  │        └▶ song
 *                  └▶ picture or tune alone, where only that is asked for
 */
import { type Art, type CreateWish, type JobRun, type Plan, planSchema, type Work } from '../kernel/index.ts';
import type { Os } from './os.ts';

/** The part a run's works play. */
export type Role = 'plan' | 'scene' | Art;

/** One run on the way; follow it to its end before asking for the next. */
export interface TogetherStep {
  readonly role: Role;
  readonly run: JobRun;
}

/** How the runs are seeded and stopped. */
export interface TogetherOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Arts to leave out where the brief names none. */
  readonly without?: readonly Art[] | undefined;
}

/** The model that writes tunes when it is there. */
const TUNES = 'tunes';

/** The runs, one after another: each begins when the one before has ended well. Throws what a run throws. */
export async function* createTogether(
  os: Os,
  wish: CreateWish,
  { seed, signal, without = [] }: TogetherOptions,
): AsyncGenerator<TogetherStep, void> {
  const start = (op: string, inputs: readonly string[], options: object = {}, more = 0): JobRun =>
    os.run({ op, inputs, options, seed: seed + more, ...(signal ? { signal } : {}) });
  // Candidates that take long are made one by one, so that the first can be looked at while the next is made.
  const { count } = wish;
  const each = Array.from({ length: count ?? 1 }, (_, i) => i);
  const one = count === undefined ? {} : { count: 1 };

  const planned = wish.plan ?? (yield* made('plan', start('plan/read', [], { brief: wish.brief ?? '' })))[0]!.id;
  const arts = wish.arts ?? artsOf(planSchema.parse((await os.load(planned)).document), without);
  const wantsPoem = arts.includes('poem');
  const many = count === undefined ? {} : { count };
  const [poem] = wantsPoem ? yield* made('poem', start('verse/compose', [planned], { ...many, ...wish.poem })) : [];
  if (wantsPoem && !poem) return;
  if (arts.includes('tune')) {
    const written = poem ? {} : await writerOf(os);
    const [op, inputs] = poem
      ? (['music/set-words', [poem.id, planned]] as const)
      : (['music/compose', [planned]] as const);
    for (const i of each) yield* made('tune', start(op, inputs, { ...written, ...one, ...wish.tune }, i));
  }
  if (!arts.includes('picture')) return;
  const scene = poem ? (yield* made('scene', start('plan/see-poem', [planned, poem.id])))[0]!.id : planned;
  const inputs = poem ? [scene, poem.id] : [scene];
  for (const i of each) yield* made('picture', start('image/paint', inputs, { ...one, ...wish.picture }, i));
}

/** The options that a wish names, each with the op that will be given them; what cannot be known before the plan is left out. */
export function wishedOptions({ arts, poem, picture, tune }: CreateWish): readonly (readonly [string, object])[] {
  const song = arts?.includes('poem') ? 'music/set-words' : 'music/compose';
  return [
    ...(poem ? [['verse/compose', poem] as const] : []),
    ...(picture ? [['image/paint', picture] as const] : []),
    ...(tune && arts ? [[song, tune] as const] : []),
  ];
}

async function* made(role: Role, run: JobRun): AsyncGenerator<TogetherStep, readonly Work[]> {
  yield { role, run };
  return (await run.result).works;
}

/** What a brief asks for: music or a picture alone where it says so, else all that belongs together. */
function artsOf({ music, scene }: Plan, without: readonly Art[]): readonly Art[] {
  if (music?.asked) return ['tune'];
  if (scene?.asked) return ['picture'];
  return (['poem', 'tune', 'picture'] as const).filter((art) => !without.includes(art));
}

/** Tunes are written by the tune model where it is installed, else by rule. */
async function writerOf(os: Os): Promise<object> {
  return (await os.models.find(TUNES)) ? { model: TUNES } : {};
}
