/** Looking: the words of a work, what its studio measures in it, and for a picture what a model that sees says. */
import { z } from 'zod';
import type { Json } from '../../core/index.ts';
import { anyStrange, type Hands, readInput, type Tool, tellWork, workNamed } from '../../kernel/index.ts';

const input = z.object({ work: z.string() });

/** Most characters of a work that are told. */
const LONGEST = 2000;

export function lookTool(hands: Hands): Tool {
  return {
    name: 'look',
    summary: {
      en: 'Looks at a work: its words, measures, what it shows.',
      zh: '看一件作品：文字、各项测量、画面内容。',
    },
    input: schemaOf({ work: { type: 'string', description: 'w1, w2 …' } }),
    effects: async (given, state) => {
      const { work } = readInput(input, given);
      const { medium } = (await hands.load(workNamed(state, work))).work;
      return medium === 'picture' && state.model !== null ? hands.effectsOf(state.model) : [];
    },
    run: async (given, { state, signal }) => {
      const id = workNamed(state, readInput(input, given).work);
      const { work } = await hands.load(id);
      const measures = await hands.critique(id);
      const said = work.medium === 'picture' ? await hands.describe(state, id, signal) : undefined;
      const text = said?.text ?? (await hands.wordsOf(id)).slice(0, LONGEST);
      const lines = measures.map(({ name, value, summary }) => `${name} ${round(value)} (${summary[state.language]})`);
      return {
        seen: [tellWork(work, readInput(input, given).work), ...lines, text].filter((line) => line !== '').join('\n'),
        strange: anyStrange(state, [id]),
        facts: {
          medium: work.medium,
          measures: Object.fromEntries(measures.map(({ name, value }) => [name, value])),
        } as Json,
        used: { tokens: said?.tokens ?? 0, money: said?.money ?? 0 },
      };
    },
  };
}

/** Remembering: the artist's latest works, by their titles. */
export function recallTool(hands: Hands): Tool {
  return {
    name: 'recall',
    summary: { en: "Lists the artist's latest works.", zh: '列出作者最近的作品。' },
    input: schemaOf({}),
    run: async () => {
      const works = await hands.recent(12);
      const seen = works.map(({ id, medium, title }) => `${id}: ${medium} 《${title}》`).join('\n');
      return { seen, strange: works.length > 0 };
    },
  };
}

/** JSON Schema of an object, all of it required unless said otherwise. */
export function schemaOf(
  properties: { readonly [key: string]: Json },
  required: readonly string[] = Object.keys(properties),
): { readonly [key: string]: Json } {
  return { type: 'object', properties, required: [...required] };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
