/**
 * How much of one's own text is enough to fine-tune on, and how much is missing. Counted in Chinese characters; four
 * letters of another script, about one piece of a word, count as one.
 */
import { type Bilingual, refusal } from '../../refusal.ts';
import type { CleanDocument, CleanReport } from '../clean/clean-documents.ts';
import type { Language } from '../clean/identify-language.ts';

/**
 * Least text, in characters. A tenth is held out to show that the model learned the voice. The loss per character has a
 * deviation of about 2.7 nats (measured with a bigram model on the last chapters of 红楼梦), so that over n held-out
 * characters perplexity is known to within 2.7/√n: with 2,500 to 5.4 %, which tells an improvement of 25 % from chance.
 * Ten times 2,500 is the least that can be judged at all.
 */
export const LEAST_OWN_WORK = 25_000;

/** From here on the figures are known to 1.7 %, and full fine-tuning, not LoRA alone, is worth trying: a short novel. */
export const AMPLE_OWN_WORK = 250_000;

const LETTERS_PER_CHARACTER = 4;

/** Whether the text is enough. */
export interface Enough {
  readonly level: 'too-little' | 'enough' | 'ample';
  /** What there is, in Chinese characters or their worth. */
  readonly characters: number;
  readonly needed: number;
  /** 0 when there is enough. */
  readonly missing: number;
  readonly advice: Bilingual;
}

/** Judges a cleaned corpus by its report. */
export function ownWorkEnough(report: Pick<CleanReport, 'languages'>): Enough {
  const worth = Object.entries(report.languages).map(([language, { characters }]) => characters / lettersOf(language));
  const characters = Math.floor(worth.reduce((sum, one) => sum + one, 0));
  const missing = Math.max(0, LEAST_OWN_WORK - characters);
  const level = missing > 0 ? 'too-little' : characters < AMPLE_OWN_WORK ? 'enough' : 'ample';
  return { level, characters, needed: LEAST_OWN_WORK, missing, advice: adviceFor(level, missing) };
}

/** Throws `training/too-little-text` when documents are too little to fine-tune on; returns the judgement otherwise. */
export function requireEnough(documents: readonly Pick<CleanDocument, 'language' | 'text'>[]): Enough {
  const languages: Partial<Record<Language, { documents: number; characters: number }>> = {};
  for (const { language, text } of documents) {
    const { documents: before = 0, characters = 0 } = languages[language] ?? {};
    languages[language] = { documents: before + 1, characters: characters + text.length };
  }
  const enough = ownWorkEnough({ languages });
  if (enough.level !== 'too-little') return enough;
  throw refusal(
    'input',
    'training/too-little-text',
    {
      en: `There are ${enough.characters} characters of clean text (4 Latin letters count as one); ${enough.needed} are the least to learn a voice from.`,
      zh: `清理后的文本有 ${enough.characters} 字（四个拉丁字母计一字），学习一种文风至少需要 ${enough.needed} 字。`,
    },
    enough.advice,
  );
}

function lettersOf(language: string): number {
  return language.startsWith('zh') ? 1 : LETTERS_PER_CHARACTER;
}

function adviceFor(level: Enough['level'], missing: number): Bilingual {
  if (level === 'too-little') {
    const english = missing * LETTERS_PER_CHARACTER;
    return {
      en: `Add ${missing} more Chinese characters or ${english} letters of another language (about ${Math.ceil(english / 5.7)} words).`,
      zh: `请再补充 ${missing} 字中文，或 ${english} 个字母的其他语言文本（约 ${Math.ceil(english / 5.7)} 个单词）。`,
    };
  }
  return level === 'enough'
    ? { en: 'Enough for LoRA; more text makes a closer voice.', zh: '足够用 LoRA 微调；文本越多，文风越接近。' }
    : { en: 'Ample: full fine-tuning is worth trying, too.', zh: '文本充足，也值得尝试全量微调。' };
}
