/** What a recipe says to the box at the beginning: the words, the art, the seed, the options; and how its steps are walked again. */
import { runOp } from '../../api/run.ts';
import type { Recipe } from '../../shell/recipe.ts';
import type { Art, Wish } from './brief-box.tsx';

const ARTS: Readonly<Record<string, Art>> = { verse: 'poem', picture: 'picture', music: 'tune' };

/** The wish that leads to such a work; options are those of its last step. */
export function wishOf({ medium, steps }: Recipe): Wish {
  const last = steps.at(-1)!;
  const art = ARTS[medium];
  const options = Object.fromEntries(Object.entries(last.options).filter(([name]) => name !== 'count'));
  const asked = art && Object.keys(options).length > 0 && MAKERS.has(last.op);
  return {
    brief: briefOf(steps),
    arts: art ? [art] : [],
    count: 1,
    seed: String(last.seed),
    ...(asked && { options: { [art]: options } }),
  };
}

/** Ops that `create` gives its options to. */
const MAKERS: ReadonlySet<string> = new Set([
  'verse/compose',
  'image/paint',
  'image/paint-by-model',
  'music/compose',
  'music/set-words',
]);

function briefOf(steps: Recipe['steps']): string {
  const said = steps.map(({ options }) => options.brief).find((brief) => typeof brief === 'string');
  return (said as string | undefined) ?? '';
}

/** Walks the steps; answers the id of the work that came of them. */
export async function followRecipe({ steps, place }: Recipe): Promise<string> {
  const made: (readonly string[])[] = [];
  for (const { op, seed, options, of } of steps) {
    const inputs = of.map(([step, from]) => made[step]![from]!);
    made.push((await runOp({ op, inputs, options, seed })).works);
  }
  return made.at(-1)![place]!;
}
