/**
 * One pass of an editor over a text: grammar, style or content, with its differences. A new text passes the engine of its
 * medium before it is a work; without one, rules mend what rules can (the form of verse) and say that they did no more.
 */
import { z } from 'zod';
import {
  anyStrange,
  type Hands,
  type InputWork,
  readInput,
  type Tool,
  type ToolContext,
  type ToolResult,
  tellWork,
  workNamed,
} from '../../kernel/index.ts';
import { differences } from '../differences.ts';
import { schemaOf } from './look.ts';

export const PASSES = ['grammar', 'style', 'content'] as const;

const input = z.object({ pass: z.enum(PASSES), work: z.string(), text: z.string().optional() });

type Given = z.output<typeof input>;

export function editPassTool(hands: Hands): Tool {
  return {
    name: 'edit_pass',
    summary: {
      en: 'One pass over a text (grammar, style or content); without text, by rules. Tells the differences.',
      zh: '对文字审一遍（grammar、style 或 content）；不给 text 则按规则；给出差异。',
    },
    input: schemaOf(
      {
        pass: { type: 'string', enum: [...PASSES] },
        work: { type: 'string', description: 'w1, w2 …: the text as it is' },
        text: { type: 'string', description: 'the whole text as it shall be after this pass' },
      },
      ['pass', 'work'],
    ),
    run: async (given, context) => {
      const read = readInput(input, given);
      const loaded = await hands.load(workNamed(context.state, read.work));
      const before = textOf(loaded);
      const strange = anyStrange(context.state, [loaded.work.id]);
      const after = read.text ?? before;
      const byRules = read.text === undefined;
      if (byRules && !(read.pass === 'grammar' && loaded.work.medium === 'verse')) {
        return { ...measured(read, context.state.language), strange };
      }
      if (after.trim() === before.trim() && !byRules) return { ...nothing(read, context.state.language), strange };
      return { ...(await passed(hands, loaded, { ...read, text: after }, context)), strange };
    },
  };
}

/** Without a model style and content are left alone. */
function measured({ pass }: Given, language: 'zh' | 'en'): ToolResult {
  const seen = {
    en: `By rules, ${pass} is not judged and nothing is changed; a language model can.`,
    zh: `按规则不评判 ${pass}，不作改动；有语言模型时才能做这一遍。`,
  };
  return { seen: seen[language], facts: { pass, checked: false, changes: 0 } };
}

function nothing({ pass }: Given, language: 'zh' | 'en'): ToolResult {
  const seen = { en: `${pass}: nothing to change.`, zh: `${pass}：无须改动。` };
  return { seen: seen[language], facts: { pass, checked: true, changes: 0 } };
}

async function passed(
  hands: Hands,
  { work, document }: InputWork,
  { pass, text, work: name }: Given & { readonly text: string },
  { state, seed, signal }: ToolContext,
): Promise<ToolResult> {
  const isVerse = work.medium === 'verse';
  const { form, rhymeBook } = document as { form?: string; rhymeBook?: string };
  const by = state.model ?? 'rules';
  const request = isVerse
    ? {
        op: 'verse/accept',
        inputs: [],
        options: { text, title: work.title, by, ...(form && { form }), ...(rhymeBook && { rhymeBook }) },
      }
    : { op: 'prose/keep', inputs: [work.id], options: { text, title: work.title } };
  const { works, report } = await hands.run({ ...request, seed, signal, actor: state.role });
  const [made] = works;
  const kept = textOf(await hands.load(made!.id));
  const changes = differences(textOf({ work, document } as InputWork), kept);
  const changed = changes
    .filter(({ is }) => is !== 'same')
    .reduce((sum, { text: piece }) => sum + [...piece].length, 0);
  const repairs = (report as { repairs?: number } | null)?.repairs ?? 0;
  if (changed === 0) return nothing({ pass, work: name }, state.language);
  return {
    works: [made!.id],
    seen: `${tellWork(made!, pass)}\n${changes.map(({ is, text: piece }) => ({ same: piece, out: `[-${piece}-]`, in: `[+${piece}+]` })[is]).join('')}`,
    facts: { pass, checked: true, changes: changed, repairs, differences: changes.map((one) => ({ ...one })) },
  };
}

/** The text that is edited: a line of verse each, or the prose. */
export function textOf({ work, document }: InputWork): string {
  const { lines, text } = document as { lines?: readonly string[]; text?: string };
  if (work.medium === 'verse' && lines) return lines.join('\n');
  return text ?? '';
}
