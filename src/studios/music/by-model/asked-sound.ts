/**
 * What a sound model is asked for:
 *
 *   words typed ───────────────────┐
 *   plan: manner, instruments, mood ├─▶ labels        text typed, poem, words of a song ─▶ what it sings or says
 *   piece: its players, tempo, key ─┘
 */
import { z } from 'zod';
import { type Bilingual, type InputWork, type Plan, planSchema, type SoundModel } from '../../../kernel/index.ts';
import { secondsOf } from '../critique.ts';
import { parseScore, type Score } from '../score/index.ts';
import { sungText } from '../sung-text.ts';

/** What the artist said. */
export interface SoundWish {
  readonly words: string;
  readonly text?: string | undefined;
  readonly seconds?: number | undefined;
}

/** See the file header. */
export interface AskedSound {
  readonly labels: readonly string[];
  /** Empty where nothing is sung or said. */
  readonly text: string;
  readonly seconds: number;
  readonly title: string;
  readonly notes: readonly Bilingual[];
}

/** Seconds where nothing says how long. */
const SECONDS = 30;

/** Reads the works that it is about, whichever they are: a plan, a piece, a poem. */
export function askedSound(
  inputs: readonly InputWork[],
  { words, text, seconds }: SoundWish,
  model: Pick<SoundModel, 'labels' | 'open' | 'voice'>,
): AskedSound {
  const about = inputs.map(aboutOf);
  const typed = words
    .split(/[,，、;；。\n]+/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const wanted = [...new Set([...typed, ...about.flatMap(({ labels }) => labels)])];
  const labels = model.open ? wanted : wanted.filter((label) => model.labels.includes(label));
  const said = (text ?? about.map(({ sung }) => sung).find((one) => one !== '') ?? '').trim();
  const strange = wanted.filter((label) => !labels.includes(label));
  return {
    labels,
    text: model.voice ? said : '',
    seconds: seconds ?? about.map((one) => one.seconds).find((one) => one !== undefined) ?? SECONDS,
    title: titleOf(inputs, words, said),
    notes: [...(strange.length > 0 ? [strangeNote(strange)] : []), ...(said !== '' && !model.voice ? [NO_VOICE] : [])],
  };
}

interface About {
  readonly labels: readonly string[];
  readonly sung: string;
  readonly seconds?: number | undefined;
}

const poemDocument = z.object({ lines: z.array(z.string()) });

function aboutOf({ work, document }: InputWork): About {
  if (work.medium === 'plan') return { labels: planWords(planSchema.parse(document)), sung: '' };
  if (work.medium === 'music') return aboutScore(parseScore(document));
  const poem = poemDocument.safeParse(document);
  return { labels: [], sung: poem.success ? poem.data.lines.join('\n') : '' };
}

function aboutScore(score: Score): About {
  const players = [...new Set(score.parts.map(({ name, instrument }) => name || instrument))];
  const bpm = score.tempos[0]?.quarterBpm;
  const labels = [...players, ...(bpm === undefined ? [] : [`${Math.round(bpm)} BPM`])];
  return { labels, sung: sungText(score), seconds: Math.ceil(secondsOf(score)) };
}

const MOODS = {
  en: { glad: 'joyful', sad: 'melancholy', calm: 'calm', stirred: 'intense' },
  zh: { glad: '欢快', sad: '忧伤', calm: '宁静', stirred: '激昂' },
} as const;

/** The manner, the players, the tempo, the mood, and what it is about. */
function planWords({ music, mood: { valence, arousal }, tempo, themes, language, brief }: Plan): string[] {
  const moods = MOODS[language];
  const feelings = [
    valence > 0.35 ? moods.glad : valence < -0.35 ? moods.sad : '',
    arousal > 0.35 ? moods.stirred : arousal < -0.35 ? moods.calm : '',
  ];
  const { style = '', tonic = '', mode = '', ensemble = '', instruments = [] } = music ?? {};
  const key = tonic === '' ? '' : `${tonic} ${mode}`.trim();
  const about = themes.length > 0 ? themes.slice(0, 4).map(({ word, source }) => source || word) : [brief];
  return [style, ensemble, ...instruments, key, tempo ? `${Math.round(tempo)} BPM` : '', ...feelings, ...about].filter(
    (word) => word !== '',
  );
}

function titleOf(inputs: readonly InputWork[], words: string, said: string): string {
  const own = inputs.map(({ work }) => work.title).find((title) => title !== '');
  return own ?? ([...(words.trim() || said.split('\n')[0]!.trim())].slice(0, 60).join('') || '—');
}

const strangeNote = (labels: readonly string[]): Bilingual => ({
  en: `Not among what the model knows, left out: ${labels.join(', ')}.`,
  zh: `模型不认识，未采用：${labels.join('、')}。`,
});

const NO_VOICE: Bilingual = {
  en: 'The model has no voice: the words are not sung.',
  zh: '该模型没有人声，歌词未唱出。',
};
