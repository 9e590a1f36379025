/**
 * A brief becomes works that belong together; one way for every door.
 *
 *   brief ─▶ plan ─┬▶ poem ─┬▶ what the poem shows ─▶ picture, the poem written on it
 *                  │        └▶ song
 *                  └▶ picture or tune alone, where only that is asked for
 *
 * Rules write the plan; a language model that the artist prefers fills it again, checked by rules.
 */
import {
  type Art,
  artsAsked,
  type CreateWish,
  type JobRun,
  type Plan,
  planSchema,
  type Work,
} from '../kernel/index.ts';
import { engineUnderstands, paintingOp } from '../studios/image/index.ts';
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

  const planned = wish.plan ?? (yield* plan(wish, start, await directorOf(os, wish)));
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
  const options = { ...one, ...wish.picture, ...(await painterOf(os, wish)) };
  const op = paintingOp(options);
  // An engine paints what the poem shows; the poem itself is written by our own painters alone.
  const given = op === 'image/paint' ? inputs : [scene];
  for (const i of each) yield* made('picture', start(op, given, options, i));
}

/** The options that a wish names, each with the op that will be given them; what cannot be known before the plan is left out. */
export function wishedOptions({ arts, poem, picture, tune }: CreateWish): readonly (readonly [string, object])[] {
  const song = arts?.includes('poem') ? 'music/set-words' : 'music/compose';
  return [
    ...(poem ? [['verse/compose', poem] as const] : []),
    ...(picture ? [[paintingOp(picture), picture] as const] : []),
    ...(tune && arts ? [[song, tune] as const] : []),
  ];
}

type Start = (op: string, inputs: readonly string[], options?: object) => JobRun;

/** Rules read the brief; a language model, where there is one, reads it again and fills the plan. */
async function* plan({ brief = '' }: CreateWish, start: Start, director: string | undefined) {
  const [read] = yield* made('plan', start('plan/read', [], { brief }));
  if (director === undefined) return read!.id;
  return (yield* made('plan', start('plan/fill', [read!.id], { model: director })))[0]!.id;
}

/** The model that the wish names, or that the artist prefers to speak to; one that is gone or switched off counts as none. */
async function directorOf(os: Os, { director }: CreateWish): Promise<string | undefined> {
  if (director !== undefined) return director;
  const { chat } = await os.defaults();
  return chat !== undefined && (await os.models.find(chat)) ? chat : undefined;
}

/** The engine that the artist prefers for pictures, where it paints from words and understands what was wished for. */
async function painterOf(os: Os, { picture = {} }: CreateWish): Promise<{ readonly model?: string }> {
  if (picture.model !== undefined || !engineUnderstands(picture)) return {};
  const { picture: model } = await os.defaults();
  if (model === undefined || !(await os.models.find(model))) return {};
  // One that cannot be opened is asked all the same: the run then says what is wrong with it.
  const opened = await os.models.openPictureModel(model).catch(() => undefined);
  return opened === undefined || opened.source === 'words' ? { model } : {};
}

async function* made(role: Role, run: JobRun): AsyncGenerator<TogetherStep, readonly Work[]> {
  yield { role, run };
  return (await run.result).works;
}

/** What a brief asks for where it says so, else all that belongs together. */
function artsOf(plan: Plan, without: readonly Art[]): readonly Art[] {
  const asked = artsAsked(plan);
  return asked.length > 0 ? asked : (['poem', 'tune', 'picture'] as const).filter((art) => !without.includes(art));
}

/** Tunes are written by the tune model where it is installed, else by rule. */
async function writerOf(os: Os): Promise<object> {
  return (await os.models.find(TUNES)) ? { model: TUNES } : {};
}
