/**
 * The op `music/set-words`: a poem is sung.
 *
 *   poem ─▶ syllables with tones or stress ─▶ several settings ─▶ chords ─▶ players ─▶ fewest conflicts, best worth
 */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork, type Plan } from '../../../kernel/index.ts';
import { addChords } from '../add-chords.ts';
import { arrangeSong, withPlayed } from '../arrange/index.ts';
import { criticise } from '../critic/index.ts';
import { tonesOfScore } from '../critique.ts';
import { type Direction, direct } from '../direction.ts';
import { rank, weigh } from '../rank.ts';
import type { Score } from '../score/index.ts';
import { chineseLine, englishLine, INTERLUDES, type Song, type SungLine, setSong, voiceRange } from '../words/index.ts';
import { planOf } from './compose.ts';
import { directionShape } from './direction-options.ts';
import { toWork } from './work.ts';

export const setWords = defineOp({
  name: 'music/set-words',
  version: 2,
  summary: {
    en: 'Sets a poem to music: Mandarin tones and English stress are kept.',
    zh: '为诗谱曲：顺应汉语字调与英语重音。',
  },
  options: z.object({
    ...directionShape,
    text: z.string().max(5000).optional().describe('the words, a line to a line; a poem given as input wins'),
    pace: z.literal([1, 2]).default(1).describe('beats to a syllable: 1 flowing, 2 broad'),
    melisma: z.number().min(0).max(1).default(0.4).describe('how much is drawn out over one syllable'),
    interludes: z
      .literal(INTERLUDES)
      .default('all')
      .describe('what players have alone: none, an opening, or interludes between strophes too'),
    candidates: z.int().min(1).max(32).default(5).describe('how many to write and choose from'),
    count: z.int().min(1).max(10).default(1).describe('how many to keep'),
  }),
  inputs: [
    { name: 'poem', medium: 'verse', optional: true },
    { name: 'plan', medium: 'plan', optional: true },
  ],
  async run(context, inputs, { text, pace, melisma, interludes, candidates, count, ...wish }) {
    const { title, lines } = wordsOf(inputs[0], text);
    const language = lines[0]?.language ?? 'zh';
    const plan = planFor(planOf(inputs[1]), { language, title: wish.title ?? title });
    const settled = direct(
      plan,
      { style: language === 'zh' ? undefined : 'art-song', ...wish },
      createRandom(`direction/${context.seed}`),
    );
    const key = { tonic: settled.wish.tonic, mode: settled.wish.mode };
    const made = [];
    for (let i = 0; i < Math.max(count, candidates); i++) {
      context.progress({ done: i, total: candidates, note: { en: 'settings written', zh: '谱曲已写成' } });
      const song = setSong(lines, {
        title: settled.title,
        key,
        metre: singable(settled.wish.metre),
        tempo: Math.min(112, settled.wish.quarterBpm),
        range: voiceRange(key),
        pace,
        melisma,
        interludes,
        seed: `${context.seed}/${i}`,
      });
      const piece = withPlayers(song, settled, `${context.seed}/${i}`);
      const conflicts = criticise(piece, { only: ['tone-conflicts'], tones: tonesOfScore(piece) }).length;
      made.push({ piece, conflicts, worth: weigh(piece) });
      await context.breathe();
    }
    const least = Math.min(...made.map(({ conflicts }) => conflicts));
    const best = rank(made.filter(({ conflicts }) => conflicts === least || made.length <= count)).slice(0, count);
    return {
      works: best.map(({ piece, conflicts, worth }) =>
        toWork(piece, { style: settled.wish.style, ensemble: settled.ensemble.id, toneConflicts: conflicts, worth }),
      ),
      report: { candidates: made.map(({ conflicts, worth }) => ({ conflicts, ...worth })) },
    };
  },
});

/** Chords under voice and players together, then a part for everyone. */
function withPlayers({ score, played }: Song, { ensemble, language, title }: Direction, seed: string): Score {
  const { chords } = addChords(withPlayed(score, played));
  return arrangeSong({ ...score, title, chords }, played, ensemble, { seed, language });
}

/** Title and lines of a poem of the house, or of plain text. */
function wordsOf(poem: InputWork | undefined, text: string | undefined): { title: string; lines: SungLine[] } {
  if (!poem) return { title: '', lines: linesOf(text ?? '') };
  const document = z.object({ title: z.string().default(''), lines: z.array(z.string()) }).parse(poem.document);
  return { title: document.title, lines: linesOf(document.lines.join('\n')) };
}

/** Lines as they are sung: at line ends, and in Chinese at every stop; an empty line begins a strophe. */
function linesOf(text: string): SungLine[] {
  const isChinese = /\p{Script=Han}/u.test(text);
  return text.split(/\n\s*\n/u).flatMap((strophe, s) => {
    const pieces = strophe.split(isChinese ? /[\n，。！？；、,.!?;]+/u : /\n+| \/ /u).map((piece) => piece.trim());
    return pieces
      .filter((piece) => piece !== '')
      .map((piece, i) => {
        const line = isChinese ? chineseLine(piece) : englishLine(piece);
        return s > 0 && i === 0 ? { ...line, opens: true as const } : line;
      });
  });
}

function planFor(plan: Plan | undefined, { language, title }: { language: 'zh' | 'en'; title: string }): Plan {
  const words = {
    version: 1 as const,
    brief: '',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: -0.2 },
    notes: [],
  };
  return { ...words, ...plan, language, ...(title && { title }) };
}

/** Verse is sung in simple metres: compound and odd ones become the nearest. */
function singable(metre: string): readonly [number, number] {
  const beats = Number(metre.split('/')[0]);
  if (metre.endsWith('/8') || beats === 3 || beats === 9) return [3, 4];
  return beats === 2 ? [2, 4] : [4, 4];
}
