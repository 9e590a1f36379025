/**
 * What a model is asked for, in a language that it was taught:
 *
 *   typed words, in a language of the model's ─▶ as typed, weights and all
 *   else, or where a poem or a song was asked for ─▶ the scene of the plan in words          nothing in the scene ─▶ as typed, said aloud
 */
import type { Bilingual, PictureModel, Plan, WeightedLabel } from '../../../kernel/index.ts';
import { parsePrompt, type WeightedPiece } from '../prompt/index.ts';
import { type Language, sceneWords } from './scene-words.ts';

/** What the artist said about the words. */
export interface WordWish {
  /** As typed, with weights; the plan's brief where absent. */
  readonly prompt?: string | undefined;
  readonly negative?: string | undefined;
  /** Ids of elements that shall not be seen. */
  readonly without?: readonly string[] | undefined;
  readonly painter?: string | undefined;
}

/** See the file header. */
export interface AskedWords {
  readonly labels: readonly WeightedLabel[];
  readonly without: readonly WeightedLabel[];
  readonly notes: readonly Bilingual[];
}

/** Finds the words. */
export function askedWords(plan: Plan, wish: WordWish, model: Pick<PictureModel, 'languages'>): AskedWords {
  const taught: readonly Language[] = model.languages ?? ['zh', 'en'];
  const { pieces, weights, negativePieces, notes } = parsePrompt(wish.prompt ?? plan.brief, wish.negative ?? '');
  const typed = labelsOf(pieces);
  const own = languageOf(typed);
  const asTyped = wish.prompt !== undefined || plan.scene?.asked === true;
  const language = taught.includes(plan.language) ? plan.language : taught[0]!;
  const scene = sceneWords(plan, language, { painter: wish.painter, heavier: weights });
  const unwanted = unwantedWords(
    labelsOf(negativePieces),
    [...(wish.without ?? []), ...(plan.scene?.without ?? [])],
    taught,
  );
  if (asTyped && taught.includes(own)) return { labels: withManner(typed, scene, wish), ...join(unwanted, notes) };
  if (scene.length > 0) {
    const told = asTyped ? [translatedNote(language, scene)] : [];
    return { labels: scene, ...join(unwanted, [...notes, ...told]) };
  }
  return { labels: typed, ...join(unwanted, [...notes, ...(taught.includes(own) ? [] : [foreignNote(language)])]) };
}

/** What was typed, and the manner where it was chosen beside the words. */
function withManner(
  typed: readonly WeightedLabel[],
  scene: readonly WeightedLabel[],
  { painter }: WordWish,
): readonly WeightedLabel[] {
  return painter === undefined || scene.length === 0 ? typed : [...typed, scene[0]!];
}

const join = (unwanted: Pick<AskedWords, 'without' | 'notes'>, notes: readonly Bilingual[]) => ({
  without: unwanted.without,
  notes: [...notes, ...unwanted.notes],
});

/** Pieces between commas, each with its weight; runs of one phrase stay together. */
function labelsOf(pieces: readonly WeightedPiece[]): WeightedLabel[] {
  const labels: WeightedLabel[] = [];
  let within = false;
  for (const { text, weight } of pieces) {
    for (const [i, part] of text.split(SEPARATORS).entries()) {
      if (i > 0) within = false;
      const label = part.replace(/\s+/g, ' ').trim();
      if (label === '' || weight <= 0) continue;
      labels.push({ label, weight, ...(within && { joined: true as const }) });
      within = true;
    }
  }
  return labels;
}

const SEPARATORS = /[,，、;；。\n]+/u;

function languageOf(labels: readonly WeightedLabel[]): Language {
  return labels.some(({ label }) => /\p{Script=Han}/u.test(label)) ? 'zh' : 'en';
}

/** Ids of elements are English words; they stand for negative words of a language that the model was not taught. */
function unwantedWords(
  typed: readonly WeightedLabel[],
  ids: readonly string[],
  taught: readonly Language[],
): Pick<AskedWords, 'without' | 'notes'> {
  const named = [...new Set(ids)].map((id) => ({ label: id.replaceAll('-', ' '), weight: 1 }));
  const read = typed.filter((label) => taught.includes(languageOf([label])));
  const more = taught.includes('en') ? named.filter(({ label }) => !read.some((one) => one.label.includes(label))) : [];
  if (read.length === typed.length) return { without: [...read, ...more], notes: [] };
  const notes = more.length > 0 ? [translatedNote(taught[0]!, [...read, ...more])] : [leftOutNote(taught[0]!)];
  return { without: [...read, ...more], notes };
}

const leftOutNote = (language: Language): Bilingual => ({
  en: `Negative words that are not ${NAMES[language].en} were left out: the model was taught no others.`,
  zh: `反向提示词中非${NAMES[language].zh}的部分未采用：该模型没有学过。`,
});

const NAMES = { zh: { en: 'Chinese', zh: '中文' }, en: { en: 'English', zh: '英文' } } as const;

function translatedNote(language: Language, labels: readonly WeightedLabel[]): Bilingual {
  const words = labels.map(({ label }) => label).join(', ');
  return {
    en: `The model was taught ${NAMES[language].en}; it was told: ${words}.`,
    zh: `该模型只学过${NAMES[language].zh}；实际告知：${words}。`,
  };
}

const foreignNote = (language: Language): Bilingual => ({
  en: `The model was taught ${NAMES[language].en} only, and these words could not be put into it: they were sent as they are.`,
  zh: `该模型只学过${NAMES[language].zh}，而这些词无法转换，已原样发送。`,
});
