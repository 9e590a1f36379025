/**
 * Does the brief matter? Two questions, each over 200 pairs:
 *
 *   held out   a poem nobody trained on, with theme words of its own, against the theme words of another poem
 *   composed   a poem composed for a brief, with the themes of its brief, against those of a shuffled brief
 *
 * A pair is won when the model finds the poem likelier under its own themes.
 *
 *   node bench/relevance.ts HELD_OUT_JSONL
 *
 * HELD_OUT_JSONL: {form, themes, body} a line, as recipes/verse-zh/prepare.ts writes it (test-poems.jsonl).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { createHouseTokenModel } from '../src/drivers/house/index.ts';
import { readBrief } from '../src/studios/plan/index.ts';
import { composeOptionsSchema, composePoems, resolveWish } from '../src/studios/text/verse/compose/index.ts';
import { type FormToken, formatPrompt } from '../src/studios/text/verse/prompt.ts';

interface Pairable {
  readonly form: FormToken;
  readonly tune?: string | undefined;
  readonly themes: readonly string[];
  readonly body: string;
}

const heldOutFile = process.argv[2];
if (heldOutFile === undefined) throw new Error('usage: relevance.ts HELD_OUT_JSONL');
await using model = await createHouseTokenModel(join(import.meta.dirname, '../models/verse-zh'), { arithmetic: 'I8' });
const ids = new Map(model.vocabulary.map((token, id) => [token, id]));
const encode = (tokens: readonly string[]): number[] => tokens.map((token) => ids.get(token) ?? ids.get('<unk>')!);

/** Log-probability of a poem's body under given themes. */
async function likelihood(poem: Pairable, themes: readonly string[]): Promise<number> {
  const prompt = encode(formatPrompt({ form: poem.form, tune: poem.tune, themes }));
  const [scores] = await model.score([[...prompt, ...encode([...poem.body])]]);
  return scores!.slice(prompt.length).reduce((sum, each) => sum + each, 0);
}

async function winRate(poems: readonly Pairable[]): Promise<{ pairs: number; won: number; rate: number }> {
  let won = 0;
  for (const [i, poem] of poems.entries()) {
    const others = poems[(i + 1 + (i % 97)) % poems.length]!.themes.filter((theme) => !poem.themes.includes(theme));
    if ((await likelihood(poem, poem.themes)) > (await likelihood(poem, others))) won += 1;
  }
  return { pairs: poems.length, won, rate: won / poems.length };
}

const heldOut = readFileSync(heldOutFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Pairable);
const drawn = createRandom('relevance')
  .shuffle(heldOut.filter(({ themes, body }) => themes.length >= 2 && body.length <= 120))
  .slice(0, 200);

const briefs = JSON.parse(readFileSync(join(import.meta.dirname, 'relevance-briefs.json'), 'utf8')) as (
  | string
  | { brief: string }
)[];
const composed: Pairable[] = [];
for (const [i, given] of briefs.slice(0, 200).entries()) {
  const plan = { ...readBrief(typeof given === 'string' ? given : given.brief, { seed: i }), verse: undefined };
  const options = composeOptionsSchema.parse({ form: i % 2 === 0 ? '七绝' : '五律', candidates: 1 });
  const { chosen } = await composePoems({ model, wish: resolveWish(plan, options), options, random: createRandom(i) });
  const { poem, themes } = chosen[0]!;
  const body = poem.lines.map((line, k) => line + (k % 2 === 0 ? '，' : '。')).join('');
  composed.push({ form: `<${options.form}>` as FormToken, themes, body });
}
const result = { model: model.identity.digest, heldOut: await winRate(drawn), composed: await winRate(composed) };
writeFileSync(join(import.meta.dirname, 'results/relevance.json'), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
