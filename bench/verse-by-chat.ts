/**
 * Drafts of chat models at the studio's door: 30 seeds of each kind of model → kept as they are, mended, refused; how many of the kept are valid.
 * The poems are well-known ones, each harmed or wrapped as models do it.
 *
 *   node bench/verse-by-chat.ts ─▶ bench/results/verse-by-chat.json
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { createOs } from '../src/host/index.ts';
import { checkVerse } from '../src/studios/text/verse/check/index.ts';

const POEMS = [
  { form: '五绝', text: '白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。' },
  {
    form: '五律',
    text: '国破山河在，城春草木深。\n感时花溅泪，恨别鸟惊心。\n烽火连三月，家书抵万金。\n白头搔更短，浑欲不胜簪。',
  },
  { form: '如梦令', text: '常记溪亭日暮，沉醉不知归路。\n兴尽晚回舟，误入藕花深处。\n争渡，争渡，惊起一滩鸥鹭。' },
];
const CHARACTERS = [...'春江潮水连海平月明花山风雪夜秋雨人天去来'];
type Random = ReturnType<typeof createRandom>;

/** Changes so many characters at places drawn. */
function harm(text: string, random: Random, times: number): string {
  const all = [...text];
  for (let i = 0; i < times; ) {
    const at = random.integer(all.length);
    if (!/\p{Script=Han}/u.test(all[at]!)) continue;
    all[at] = random.pick(CHARACTERS);
    i++;
  }
  return all.join('');
}

const KINDS: Readonly<Record<string, (text: string, random: Random) => string>> = {
  good: (text) => text,
  'one character changed': (text, random) => harm(text, random, 1),
  'three characters changed': (text, random) => harm(text, random, 3),
  'last rhyme word changed': (text, random) => text.replace(/\p{Script=Han}(?=。$)/u, random.pick(CHARACTERS)),
  'a character short': (text) => text.replace(/\p{Script=Han}(?=，)/u, ''),
  'wrapped in talk': (text) => `好的！为您写了一首：\n\n《无题》\n${text}\n\n希望您能够非常喜欢这首小诗。`,
  'fenced and noted': (text) => `Here it is:\n\`\`\`\n${text}\n\`\`\`\n注：此诗格律工整而且意境深远。`,
  'random text': (_, random) =>
    Array.from({ length: 4 }, () =>
      Array.from({ length: 3 + random.integer(6) }, () => random.pick(CHARACTERS)).join(''),
    ).join('，\n'),
  refuses: () => '抱歉，我不能帮您写这首诗。',
};

const home = mkdtempSync(join(tmpdir(), 'bench-verse-'));
const results: object[] = [];
const seeds = Number(process.argv[2] ?? 30);
{
  await using os = await createOs({ home });
  for (const [kind, write] of Object.entries(KINDS)) {
    const row = { kind, drafts: 0, asTheyAre: 0, repaired: 0, changes: 0, refused: 0, invalidKept: 0 };
    const codes: Record<string, number> = {};
    for (let seed = 0; seed < seeds; seed++) {
      const { form, text } = POEMS[seed % POEMS.length]!;
      const options = { form, text: write(text, createRandom(`${kind} ${seed}`)), by: kind };
      row.drafts++;
      try {
        const { works, report } = await os.run({ op: 'verse/accept', options, seed }).result;
        const { document } = await os.load(works[0]!.id);
        const { lines, form: kept, rhymeBook } = document as ReturnType<typeof checkVerse>;
        if (!checkVerse({ lines, form: kept, rhymeBook }).proof.valid) row.invalidKept++;
        const { repairs } = report as { repairs: number };
        row.changes += repairs;
        if (repairs === 0) row.asTheyAre++;
        else row.repaired++;
      } catch (error) {
        row.refused++;
        const { code = 'crash' } = error as { code?: string };
        codes[code] = (codes[code] ?? 0) + 1;
      }
    }
    results.push({ ...row, codes });
    process.stdout.write(`${JSON.stringify(results.at(-1))}\n`);
  }
}
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
writeFileSync(
  join(import.meta.dirname, 'results/verse-by-chat.json'),
  `${JSON.stringify({ seeds, results }, null, 2)}\n`,
);
