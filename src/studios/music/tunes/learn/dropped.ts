/** Why a tune was left out of what is learned from. */
import type { Bilingual } from '../../../../kernel/index.ts';

export const DROP_REASONS = {
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  silent: { en: 'no pitched notes', zh: '没有有音高的音' },
  'too-short': { en: 'too short to be a tune', zh: '太短，不成曲' },
  'too-long': { en: 'too long', zh: '太长' },
  'free-rhythm': { en: 'played freely, off any grid: quantise it first', zh: '自由演奏，不在节拍格上：请先量化' },
  metre: { en: 'a metre or bar that the tune language has no word for', zh: '曲调语言无法表示的拍号或小节' },
  'not-tune-like': {
    en: 'not tune-like: few bars begin with a note of the melody',
    zh: '不像曲调：多数小节起头没有旋律音',
  },
  beyond: { en: 'holds something that the tune language has no word for', zh: '含有曲调语言无法表示的内容' },
  'too-dense': { en: 'too much in a bar for the context of the model', zh: '小节内容超出模型的上下文' },
  duplicate: { en: 'the same tune again, in whatever key', zh: '同一首曲子（不论何调）' },
  'near-copy': { en: 'nearly another tune: half its bars or more are the same', zh: '与另一首近似：半数以上小节相同' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type DropReason = keyof typeof DROP_REASONS;

/** A tune that was left out. */
export interface DroppedTune {
  readonly id: string;
  readonly reason: DropReason;
  /** What exactly. */
  readonly detail: Bilingual;
}

/** Says why a tune is left out. */
export function dropped(id: string, reason: DropReason, en: string, zh: string): DroppedTune {
  return { id, reason, detail: { en, zh } };
}

/** All that was left out for one reason. */
export interface DropCount {
  readonly rule: DropReason;
  readonly count: number;
  readonly summary: Bilingual;
  readonly examples: readonly { readonly id: string; readonly detail: Bilingual }[];
}

const EXAMPLES = 5;

/** By reason, the commonest first, each with examples. */
export function countDropped(list: readonly DroppedTune[]): DropCount[] {
  return [...Map.groupBy(list, ({ reason }) => reason)]
    .map(([rule, own]) => ({
      rule,
      count: own.length,
      summary: DROP_REASONS[rule],
      examples: own.slice(0, EXAMPLES).map(({ id, detail }) => ({ id, detail })),
    }))
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}
