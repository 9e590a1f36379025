/** The op `music/accept`: a tune that a language model wrote down in ABC becomes a score, or is refused with the reason. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { criticise } from '../critic/index.ts';
import { refusal } from '../refusal.ts';
import { toWork } from './work.ts';

/** Fewer notes are no tune. */
const FEWEST = 8;

export const acceptMusic = defineOp({
  name: 'music/accept',
  version: 1,
  summary: {
    en: 'Takes a tune in ABC: reads and judges it, or refuses it with the reason.',
    zh: '接纳以 ABC 记谱的曲子：读谱并检查，不行则说明原因拒绝。',
  },
  options: z.object({
    abc: z.string().min(1).max(50_000).describe('one tune in ABC notation, with X:, M:, L: and K:'),
    title: z.string().trim().max(120).default(''),
    by: z.string().max(200).default('').describe('who drafted it'),
  }),
  async run(_context, _inputs, { abc, title, by }) {
    const { readMusic } = await import('../formats/index.ts');
    const { score, warnings } = readMusic(new TextEncoder().encode(abc), 'draft.abc');
    const notes = score.parts.reduce((sum, part) => sum + part.notes.length, 0);
    if (notes < FEWEST) throw tooFew(notes);
    const named = { ...score, title: title || score.title || '—' };
    const findings = criticise(named);
    const wrong = findings.filter(({ severity }) => severity === 'fault');
    if (wrong.length > notes / 4) throw tooWrong(wrong[0]!.message);
    const measures = { draftedBy: by, repairs: warnings.length, findings: findings.length };
    return { works: [toWork(named, measures)], report: { repairs: warnings.length, warnings } };
  },
});

function tooFew(notes: number): Error {
  return refusal(
    'input',
    'music/no-tune',
    { en: `The draft has ${notes} notes; that is no tune.`, zh: `草稿只有 ${notes} 个音，不成曲。` },
    { en: `Write at least ${FEWEST} notes in ABC.`, zh: `请用 ABC 写出至少 ${FEWEST} 个音。` },
  );
}

function tooWrong(first: { readonly en: string; readonly zh: string }): Error {
  return refusal(
    'input',
    'music/too-faulty',
    { en: `Too much of the draft is faulty: ${first.en}`, zh: `草稿错误过多：${first.zh}` },
    { en: 'Write a new draft.', zh: '请重写草稿。' },
  );
}
