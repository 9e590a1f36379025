/**
 * Composes poems over all four regulated forms and twenty tunes, one per seed, and lets two others judge them: a checker
 * written apart from the engine, and the text of the training poems themselves.
 *
 *   node bench/thousand-poems.ts DATA_FOLDER POEMS_JSONL [COUNT=1000]
 *
 * DATA_FOLDER holds the reference rhyme tables, POEMS_JSONL the training poems as recipes/verse-zh/prepare.ts writes them.
 * Writes bench/results/thousand-poems.json and, beside it, the poems.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { createHouseTokenModel } from '../src/drivers/house/index.ts';
import { readBrief } from '../src/studios/plan/index.ts';
import { composeOptionsSchema, composePoems, resolveWish } from '../src/studios/text/verse/compose/index.ts';
import { readNoveltyIndex } from '../src/studios/text/verse/novelty/index.ts';

const FORMS = [
  ...['五绝', '七绝', '五律', '七律'],
  ...['浣溪沙', '菩萨蛮', '蝶恋花', '临江仙', '鹧鸪天', '卜算子', '如梦令', '清平乐', '西江月', '浪淘沙'],
  ...['虞美人', '忆江南', '长相思', '江城子', '渔家傲', '南乡子', '踏莎行', '点绛唇', '生查子', '满江红'],
];

const [dataFolder, poemsFile, countText] = process.argv.slice(2);
if (dataFolder === undefined || poemsFile === undefined)
  throw new Error('usage: thousand-poems.ts DATA_FOLDER POEMS_JSONL [COUNT]');
const root = join(import.meta.dirname, '..');
const count = Number(countText ?? 1000);
const briefs = JSON.parse(readFileSync(join(import.meta.dirname, 'relevance-briefs.json'), 'utf8')) as (
  | string
  | { brief: string }
)[];

await using model = await createHouseTokenModel(join(root, 'models/verse-zh'), { arithmetic: 'I8' });
const novelty = readNoveltyIndex(model.companion('novelty.bin')!);
const training = new Set(
  readFileSync(poemsFile, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as { lines: string[] }).lines)),
);

const made: { seed: number; form: string; rhymeBook: string; title: string; lines: readonly string[] }[] = [];
const began = performance.now();
for (let seed = 1; seed <= count; seed++) {
  const given = briefs[seed % briefs.length]!;
  const brief = typeof given === 'string' ? given : given.brief;
  const options = composeOptionsSchema.parse({
    form: FORMS[seed % FORMS.length],
    candidates: 2,
    decode: seed % 2 === 0 ? 'beam' : 'sample',
  });
  const plan = { ...readBrief(brief, { seed }), verse: undefined };
  const { chosen } = await composePoems({
    model,
    wish: resolveWish(plan, options),
    options,
    random: createRandom(seed),
    novelty,
  });
  const { poem } = chosen[0]!;
  made.push({ seed, form: poem.form, rhymeBook: poem.rhymeBook, title: poem.title, lines: poem.lines });
  if (seed % 50 === 0)
    process.stderr.write(`${seed} poems, ${((performance.now() - began) / seed / 1000).toFixed(2)} s each\n`);
}
const seconds = (performance.now() - began) / 1000;
const poemsOut = join(import.meta.dirname, 'results/thousand-poems.jsonl');
writeFileSync(poemsOut, `${made.map((poem) => JSON.stringify(poem)).join('\n')}\n`);

const checker = spawnSync(process.execPath, [join(root, 'test/independent/verse-checker.ts'), dataFolder, poemsOut], {
  encoding: 'utf8',
});
const copied = made.flatMap(({ lines }) => lines.filter((line) => [...line].length >= 3 && training.has(line)));
const random = createRandom('planted');
const planted = random.shuffle([...training].filter((line) => [...line].length >= 5)).slice(0, 100);
const found = planted.filter((line) => novelty.findLine(line) !== undefined).length;

const result = {
  poems: made.length,
  forms: new Set(made.map(({ form }) => form.split('/')[0])).size,
  secondsEach: Number((seconds / made.length).toFixed(3)),
  model: model.identity.digest,
  independentChecker: {
    exitCode: checker.status,
    lines: checker.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  },
  linesInTrainingSet: copied.length,
  copied: copied.slice(0, 20),
  planted: { lines: planted.length, found },
};
writeFileSync(join(import.meta.dirname, 'results/thousand-poems.json'), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
