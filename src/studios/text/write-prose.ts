/** The op `prose/write`: goes on from an opening, in the voice of a prose model. */
import { createRandom } from '../../core/index.ts';
import { defineOp, type OpOutput } from '../../kernel/index.ts';
import { proseOptionsSchema } from './prose/options.ts';
import { joinProse } from './prose/prose.ts';
import { type Passage, writePassage } from './prose/write-passage.ts';

export const writeProse = defineOp({
  name: 'prose/write',
  version: 1,
  summary: {
    en: 'Writes prose that goes on from an opening, in the voice of a model.',
    zh: '续写散文或小说：从开头接着写，用模型的声音。',
  },
  options: proseOptionsSchema,
  model: (options) => options.model,
  async run(context, _inputs, options) {
    const model = await context.tokenModel();
    const total = Math.max(options.candidates, options.count);
    const passages: Passage[] = [];
    for (let i = 0; i < total; i++) {
      context.progress({ done: i, total, note: { en: 'passages written', zh: '段落已写成' } });
      const onText = (text: string): void => context.preview({ candidate: i, text });
      const random = createRandom(`${context.seed}/passage-${i}`);
      passages.push(await writePassage({ model, options, random, signal: context.signal, onText }));
      await context.breathe();
    }
    // A fluent text that turns in circles is not a good one: variety weighs as much as fluency.
    const worth = ({ fluency, variety }: Passage): number => fluency + 4 * variety;
    const best = [...passages].sort((a, b) => worth(b) - worth(a)).slice(0, options.count);
    return { works: best.map((passage) => toOutput(passage, options)), report: { candidates: passages } };
  },
});

function toOutput(
  { text, fluency, variety }: Passage,
  { title, opening }: { title: string; opening: string },
): OpOutput {
  const document = joinProse(title, opening, text);
  const name = title || [...document.text.trim()].slice(0, 16).join('') || '—';
  return { medium: 'prose', title: name, document, measures: { fluency, variety, characters: text.length } };
}
