/**
 * The whole of a painting, from a plan to works: what is weighed and not wanted is settled in the scene, each layout is painted, and every picture
 * keeps the recipe by which it can be painted again.
 *
 *   plan, prompt, negative ─▶ weighed scene ─▶ layouts ─▶ pictures, each with { op, version, seed, place, options, plan, poem }
 */
import type { Bilingual, OpContext, OpOutput, OpResult, Plan } from '../../kernel/index.ts';
import type { Composition } from './composition/index.ts';
import { noteMissing } from './lettering/index.ts';
import type { Recipe } from './metadata/index.ts';
import { OPEN_RASTER, PICTURE } from './ops/medium.ts';
import { PAINT_VERSION, type PaintOptions } from './ops/paint-options.ts';
import { composeScene, findPainter, paintScene, type Studio, writeOpenRaster } from './paint-scene.ts';
import { createPreviews } from './previews.ts';
import { parsePrompt, weighScene } from './prompt/index.ts';

export interface Painting {
  readonly plan: Plan;
  readonly poem?: { readonly title: string; readonly lines: readonly string[] } | undefined;
  readonly title?: string | undefined;
  readonly options: PaintOptions;
  readonly seed: number;
  /** Only the alternative of this place; all when absent. */
  readonly only?: number | undefined;
}

/** Paints; the context lends progress, previews and cancellation, chance comes from the painting's seed alone. */
export async function paintPlan(context: OpContext, painting: Painting): Promise<OpResult> {
  const { poem, options, only } = painting;
  const { plan, unmet, notes } = settledPlan(painting.plan, options);
  const painter = findPainter(options.painter ?? plan.scene?.painter ?? 'ink');
  const inscription = options.inscribe ? inscriptionOf(poem, plan) : undefined;
  const count = options.count ?? plan.scene?.count ?? 1;
  const seed = `${painting.seed}`;
  const size = options.size ?? plan.scene?.size;
  const layouts = composeScene(plan, { seed, inscription, size }, count);
  const wanted = [...layouts.entries()].filter(([place]) => only === undefined || place === only);
  const works: OpOutput[] = [];
  const missing = new Set<string>();
  for (const [i, [place, layout]] of wanted.entries()) {
    const previews = createPreviews(context, i);
    const studio: Studio = {
      breathe: () => context.breathe(),
      progress: (done) =>
        context.progress({ done: i + done, total: wanted.length, note: { en: 'painted', zh: '已画成' } }),
      preview: previews.show,
    };
    const settings = { ...options, ...(size && { longest: Math.max(...size) }), painter, inscription, seed };
    const { about, unwritten, ...picture } = await paintScene(layout, plan, settings, studio);
    for (const character of unwritten) missing.add(character);
    await previews.settled();
    const made = recipeOf(painting, place);
    const bytes = await writeOpenRaster({ ...picture, about: { ...about, made } });
    const measures = { painter: painter.id, layout: layout.worth };
    works.push({ medium: PICTURE, title: made.title!, bytes, mime: OPEN_RASTER, measures });
  }
  const told = [...notes, ...unmet.map(noteUnmet), ...noteMissing([...missing])];
  return { works, report: { layouts: layouts.map(({ worth, mode }) => ({ mode, ...worth })), notes: told } };
}

/** The plan with weights and negative words settled in its scene. */
function settledPlan(
  given: Plan,
  { prompt, negative, without = [], hour, season }: PaintOptions,
): { readonly plan: Plan; readonly unmet: readonly string[]; readonly notes: readonly Bilingual[] } {
  const plan: Plan = { ...given, ...(hour && { hour }), ...(season && { season }) };
  const { weights, negative: words, notes } = parsePrompt(prompt ?? '', negative);
  const unwanted = [...words.split(/[,，、;；。\n]+/u), ...without];
  if (!plan.scene || (weights.length === 0 && unwanted.every((word) => word.trim() === '')))
    return { plan, unmet: [], notes };
  const { scene, unmet } = weighScene(plan.scene, { weights, without: unwanted });
  return { plan: { ...plan, scene }, unmet, notes };
}

const noteUnmet = (word: string): Bilingual => ({
  en: `Nothing in the scene answers to “${word}”.`,
  zh: `画面中没有与“${word}”对应的内容。`,
});

function recipeOf({ plan, poem, title, options, seed }: Painting, place: number): Recipe {
  return {
    op: 'image/paint',
    version: PAINT_VERSION,
    seed,
    place,
    options: stated(options),
    title: titleOf(plan, title),
    plan,
    ...(poem && { poem: { title: poem.title, lines: [...poem.lines] } }),
  };
}

/** Without what was left open. */
const stated = (options: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

function inscriptionOf(poem: Painting['poem'], { language }: Plan): Composition['inscription'] {
  if (!poem) return undefined;
  const text = poem.lines.flatMap((line) => (language === 'zh' ? line.split(/(?<=[，。！？；])/u) : [line]));
  return { title: poem.title, lines: text.filter((line) => line.trim() !== ''), language };
}

function titleOf(plan: Plan, given: string | undefined): string {
  return given || plan.title || plan.themes[0]?.word || plan.brief.slice(0, 24) || '—';
}
