/** Phrases: how long they are, how they close, and whether the piece comes home. */
import {
  barIndexAt,
  isPentatonic,
  keyAt,
  MODE_NAMES,
  metricalWeight,
  type Note,
  type Part,
  type Score,
} from '../score/index.ts';
import { melodyOf, melodyPartOf } from '../theory/index.ts';
import { aboveGong, type Cadence, type CadenceKind, FIVE_TONES, isClosed } from './cadences.ts';
import type { Remark, Rule } from './finding.ts';
import type { Hearing } from './hearing.ts';

const KINDS: Readonly<Record<CadenceKind, { en: string; zh: string }>> = {
  perfect: { en: 'a perfect authentic cadence', zh: '完满正格终止' },
  imperfect: { en: 'an imperfect authentic cadence', zh: '不完满正格终止' },
  half: { en: 'a half cadence', zh: '半终止' },
  plagal: { en: 'a plagal cadence', zh: '变格终止' },
  deceptive: { en: 'a deceptive cadence', zh: '阻碍终止' },
  other: { en: 'no cadence of the common kinds', zh: '非常见终止式' },
  melodic: { en: 'the melody alone', zh: '旋律收束' },
};

function closeOf(cadence: Cadence): { en: string; zh: string } {
  const { kind, tone, degree, key } = cadence;
  if (isPentatonic(key.mode)) {
    const home = degree === 0 ? { en: ', the tonic', zh: '（主音）' } : { en: '', zh: '' };
    return { en: `on ${tone ?? 'a note outside the mode'}${home.en}`, zh: `落于${tone ?? '偏音'}${home.zh}` };
  }
  return { en: `with ${KINDS[kind].en}`, zh: `为${KINDS[kind].zh}` };
}

function* cadences(hearing: Hearing): Generator<Remark> {
  for (const [i, cadence] of hearing.cadences().entries()) {
    const { en, zh } = closeOf(cadence);
    yield {
      severity: 'note',
      at: cadence.at,
      message: { en: `Phrase ${i + 1} closes ${en}.`, zh: `第 ${i + 1} 乐句${zh}。` },
      mend: { en: 'Nothing to mend: told so that the form can be read.', zh: '无须修改：仅供了解曲式。' },
    };
  }
}

function* ending(hearing: Hearing): Generator<Remark> {
  const last = hearing.cadences().at(-1);
  if (!last || isClosed(last)) return;
  const { key, at } = last;
  const mode = MODE_NAMES[key.mode];
  yield {
    severity: 'warning',
    at,
    message: {
      en: `The piece does not end on ${key.tonic}, the tonic of its ${mode.en}.`,
      zh: `乐曲没有结束在${mode.zh}的主音 ${key.tonic} 上。`,
    },
    mend: {
      en: `Lead the last phrase to ${key.tonic}, or change the key to the one it ends in.`,
      zh: `让最后一句落在 ${key.tonic}，或把调改为结束时的调。`,
    },
  };
}

/** Longest stretch that one breath carries, seconds; shortest silence in which a singer breathes, seconds. */
const BREATH = 14;
const TO_BREATHE = 0.2;
/** Share of phrases (one at least) that may have another length in a regular piece: only in such a one do they stand out. */
const ODD = 0.1;

function* phraseLengths(hearing: Hearing): Generator<Remark> {
  yield* oddPhrases(hearing);
  const part = melodyPartOf(hearing.score);
  if (part?.notes.some(({ lyrics }) => lyrics?.length)) yield* longBreaths(hearing, part);
}

function* oddPhrases(hearing: Hearing): Generator<Remark> {
  const { score } = hearing;
  // From phrase to phrase; the last one to the end of its bar. A rest after a phrase (an interlude) may follow it.
  const lengths = hearing.cadences().map(({ phrase, at }) => {
    const bar = score.bars[barIndexAt(score.bars, at)]!;
    const whole = Math.max(1, Math.round(barsBetween(score, phrase.from, phrase.to)));
    return {
      from: phrase.from,
      whole,
      sung: Math.max(1, Math.round(barsBetween(score, phrase.from, bar.at + bar.length))),
    };
  });
  const usual = mostCommon(lengths.map(({ whole }) => whole));
  const fits = (bars: number): boolean => [1, 2, 4].some((times) => bars === usual * times || bars * times === usual);
  const odd = lengths.filter(({ whole, sung }) => !fits(whole) && !fits(sung));
  if (lengths.length < 3 || odd.length > Math.max(1, ODD * lengths.length)) return;
  for (const { from, whole } of odd) {
    yield {
      severity: 'hint',
      at: from,
      message: {
        en: `A phrase of ${whole} bars among phrases of ${usual}.`,
        zh: `此句 ${whole} 小节，其余多为 ${usual} 小节。`,
      },
      mend: {
        en: `If it sounds lame, shorten or stretch it to ${usual} bars.`,
        zh: `若听来不稳，可改为 ${usual} 小节。`,
      },
    };
  }
}

/** Stretches of song without rest, breath mark, stop in the words or end of a phrase, longer than a breath. */
function* longBreaths(hearing: Hearing, part: Part): Generator<Remark> {
  const { score } = hearing;
  const ends = new Set(hearing.cadences().map(({ at }) => at));
  const melody = melodyOf(part);
  let from = melody[0]?.at ?? 0;
  for (const [i, { at, length, index }] of melody.entries()) {
    const next = melody[i + 1];
    const gap = next ? secondsBetween(score, at + length, next.at) : Number.POSITIVE_INFINITY;
    if (gap < TO_BREATHE && !ends.has(at) && !breathes(part.notes[index]!)) continue;
    const seconds = secondsBetween(score, from, at + length);
    if (seconds > BREATH) yield breathless(from, seconds);
    from = next?.at ?? at;
  }
}

function breathes({ articulations = [], lyrics = [] }: Note): boolean {
  const signed = articulations.includes('breath') || articulations.includes('fermata');
  return signed || lyrics.some(({ text }) => /[,.;:!?，。；：！？、]["”’]?$/u.test(text.trim()));
}

function breathless(at: number, seconds: number): Remark {
  return {
    severity: 'hint',
    at,
    message: {
      en: `A sung phrase of ${Math.round(seconds)} seconds without a place to breathe.`,
      zh: `一句长 ${Math.round(seconds)} 秒，没有换气处。`,
    },
    mend: { en: 'Shorten a long note, or mark a breath.', zh: '缩短一个长音，或标记换气。' },
  };
}

function barsBetween({ bars }: Score, from: number, to: number): number {
  const place = (tick: number): number => {
    const i = barIndexAt(bars, tick);
    return i + (tick - bars[i]!.at) / bars[i]!.length;
  };
  return place(to) - place(from);
}

function mostCommon(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

function secondsBetween({ tempos, ticksPerQuarter }: Score, from: number, to: number): number {
  const bpm = tempos.findLast(({ at }) => at <= from)?.quarterBpm ?? 120;
  return ((to - from) / ticksPerQuarter) * (60 / bpm);
}

/** 偏音: what a note outside the five tones is called, by semitones above 宫. */
const OUTSIDE: Readonly<Record<number, string>> = { 5: '清角', 6: '变徵', 10: '闰', 11: '变宫' };

/** Notes outside a Chinese mode: long ones and those on strong beats more than those passing by. */
function* purity({ score }: Hearing): Generator<Remark> {
  for (const part of score.parts) {
    if (part.percussion) continue;
    for (const { at, length, midi, pitch } of melodyOf(part)) {
      const key = keyAt(score, at);
      if (!isPentatonic(key.mode)) continue;
      const above = aboveGong(key, ((midi % 12) + 12) % 12);
      if (FIVE_TONES[above] !== undefined) continue;
      const named = OUTSIDE[above];
      const plain = metricalWeight(score, at) < 2 && length < score.ticksPerQuarter;
      yield {
        severity: named && plain ? 'hint' : 'warning',
        at,
        part: part.id,
        message: {
          en: `${pitch} (${named ?? 'chromatic'}) is not one of the five tones of ${key.tonic} ${MODE_NAMES[key.mode].en}.`,
          zh: `${pitch}（${named ?? '变化音'}）不在 ${key.tonic} ${MODE_NAMES[key.mode].zh}的五声之内。`,
        },
        mend: plain
          ? {
              en: 'As a passing note it may stay; a neighbouring tone of the five is purer.',
              zh: '作经过音可以保留；换成相邻的五声音更纯。',
            }
          : {
              en: 'Move it to the nearest of the five tones, or make it short and off the beat.',
              zh: '移到最近的五声音，或改为弱拍短音。',
            },
      };
    }
  }
}

/** Rules on phrases and the mode. */
export const FORM_RULES: readonly Rule[] = [
  { name: 'cadences', summary: { en: 'Names how every phrase closes.', zh: '说明每句的终止。' }, check: cadences },
  { name: 'ending', summary: { en: 'The piece ends on its tonic.', zh: '乐曲结束在主音。' }, check: ending },
  {
    name: 'phrase-lengths',
    summary: { en: 'Phrases balance each other and leave room for breath.', zh: '乐句长度均衡，有换气处。' },
    check: phraseLengths,
  },
  {
    name: 'pentatonic-purity',
    summary: { en: 'Melodies of a Chinese mode keep to its five tones.', zh: '民族调式旋律用五声。' },
    check: purity,
  },
];
