/** The op `prose/complete`: a text goes on, token by token, with how likely each token was: what other programs call a completion. */
import { createRandom } from '../../core/index.ts';
import { defineOp, type OpOutput } from '../../kernel/index.ts';
import { type Completion, completeOptionsSchema, completeTokens } from './prose/complete-tokens.ts';
import { joinProse } from './prose/prose.ts';

/** A preview is told with the first token and with each of so many. */
const PREVIEW_EVERY = 3;

export const completeProse = defineOp({
  name: 'prose/complete',
  version: 1,
  summary: {
    en: 'Goes on from a text token by token, with stop strings and the probability of each token.',
    zh: '逐词元续写文本，可设停止串，并给出每个词元的概率。',
  },
  options: completeOptionsSchema,
  model: (options) => options.model,
  async run(context, _inputs, options) {
    const model = await context.tokenModel();
    const choices: Completion[] = [];
    for (let i = 0; i < options.count; i++) {
      context.progress({ done: i, total: options.count, note: { en: 'completions written', zh: '续写已完成' } });
      let told = 0;
      const onText = (text: string): void => {
        if (told++ % PREVIEW_EVERY === 0) context.preview({ candidate: i, text });
      };
      const random = createRandom(`${context.seed}/completion-${i}`);
      choices.push(await completeTokens({ model, options, random, signal: context.signal, onText }));
      await context.breathe();
    }
    const promptTokens = model.encode(options.prompt).length;
    return { works: choices.map((choice) => toOutput(choice, options.prompt)), report: { choices, promptTokens } };
  },
});

function toOutput({ text, finish, tokens }: Completion, prompt: string): OpOutput {
  const document = joinProse('', prompt, text);
  const title = [...document.text.trim()].slice(0, 16).join('') || '—';
  return { medium: 'prose', title, document, measures: { finish, tokens: tokens.length } };
}
