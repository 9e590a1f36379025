/** Handing in prose that a model wrote: kept as a work whose every character is marked as the machine's. */
import { z } from 'zod';
import { type Hands, readInput, type Tool, tellWork } from '../../kernel/index.ts';
import { schemaOf } from './look.ts';

const input = z.object({ title: z.string().max(120).default(''), text: z.string().min(20).max(100_000) });

export function tellStoryTool(hands: Hands): Tool {
  return {
    name: 'tell_story',
    summary: { en: 'Hands in a story or an essay that you wrote.', zh: '交出你写的故事或散文。' },
    input: schemaOf({ title: { type: 'string' }, text: { type: 'string' } }, ['text']),
    run: async (given, { state, seed, signal }) => {
      const { title, text } = readInput(input, given);
      const spans = [{ from: 0, to: text.length, by: 'machine' }];
      const options = { title, text, spans };
      const { works } = await hands.run({ op: 'prose/keep', inputs: [], options, seed, signal, actor: state.role });
      return { works: works.map(({ id }) => id), seen: tellWork(works[0]!, `w${state.works.length + 1}`) };
    },
  };
}
