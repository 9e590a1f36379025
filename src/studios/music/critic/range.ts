/** Whether a player or singer has the notes. */

import { findInstrument, type Instrument, instrumentOfProgramme } from '../instruments/index.ts';
import { midiOf, type Part } from '../score/index.ts';
import type { Remark, Rule } from './finding.ts';
import { nameOfPart } from './finding.ts';
import type { Hearing } from './hearing.ts';

/** Ranges of a choir's voices as schools teach four-part writing, highest voice first. */
export const CHOIR: readonly (readonly [low: string, high: string, en: string, zh: string])[] = [
  ['C4', 'A5', 'soprano', '女高音'],
  ['G3', 'E5', 'alto', '女低音'],
  ['C3', 'A4', 'tenor', '男高音'],
  ['E2', 'E4', 'bass', '男低音'],
];

/** The instrument of a part: by its id, by the part's name, or by its General MIDI programme. */
export function instrumentOf({ instrument, name }: Pick<Part, 'instrument' | 'name'>): Instrument | undefined {
  const named = findInstrument(name.replace(/\s*\d+$/, ''));
  const programme = /^gm-(\d+)$/.exec(instrument);
  const own = findInstrument(instrument);
  if (own && own.family !== 'voice') return own;
  if (named?.family === 'voice' || (named && !own)) return named;
  return own ?? (programme ? instrumentOfProgramme(Number(programme[1])) : undefined);
}

/** Share of a part's notes outside the comfortable range from which it is worth a word: a climax is none. */
const UNEASY = 0.15;

function* range(hearing: Hearing): Generator<Remark> {
  if (hearing.options.choir && hearing.lines.length === CHOIR.length) yield* choirRange(hearing);
  else for (const part of hearing.score.parts) if (!part.percussion) yield* partRange(part);
}

function* partRange(part: Part): Generator<Remark> {
  const instrument = instrumentOf(part);
  if (!instrument) return;
  const [low, high] = instrument.range;
  const [easyLow, easyHigh] = instrument.comfortable.map(midiOf) as [number, number];
  const uneasy = part.notes.filter(({ pitch }) => midiOf(pitch) < easyLow || midiOf(pitch) > easyHigh);
  for (const { at, pitch } of uneasy) {
    if (midiOf(pitch) >= midiOf(low) && midiOf(pitch) <= midiOf(high)) continue;
    yield outOfRange(at, part, pitch, [low, high], instrument.names.en, instrument.names.zh);
  }
  const hard = uneasy.filter(({ pitch }) => midiOf(pitch) >= midiOf(low) && midiOf(pitch) <= midiOf(high));
  if (hard.length === 0 || hard.length < UNEASY * part.notes.length) return;
  yield {
    severity: 'hint',
    at: hard[0]!.at,
    part: part.id,
    message: {
      en: `${nameOfPart(part)}: ${hard.length} of ${part.notes.length} notes outside the comfortable range ${instrument.comfortable.join('–')}, the first ${hard[0]!.pitch}.`,
      zh: `${nameOfPart(part)}：${part.notes.length} 个音中有 ${hard.length} 个超出舒适音域 ${instrument.comfortable.join('–')}，第一个是 ${hard[0]!.pitch}。`,
    },
    mend: { en: 'Fine for a good player; else transpose the passage.', zh: '高手可以演奏；否则把该段移调。' },
  };
}

function* choirRange({ lines }: Hearing): Generator<Remark> {
  for (const [i, { notes, part }] of lines.entries()) {
    const [low, high, en, zh] = CHOIR[i]!;
    for (const { at, pitch, midi } of notes) {
      if (midi < midiOf(low) || midi > midiOf(high)) yield outOfRange(at, part, pitch, [low, high], en, zh);
    }
  }
}

function outOfRange(at: number, part: Part, pitch: string, range: readonly string[], en: string, zh: string): Remark {
  const below = midiOf(pitch) < midiOf(range[0]!);
  return {
    severity: 'fault',
    at,
    part: part.id,
    message: {
      en: `${pitch} lies ${below ? 'below' : 'above'} the range of the ${en} (${range.join('–')}).`,
      zh: `${pitch} ${below ? '低' : '高'}于${zh}的音域（${range.join('–')}）。`,
    },
    mend: below
      ? { en: 'Write it an octave higher or give it to a lower part.', zh: '高八度演奏，或交给更低的声部。' }
      : { en: 'Write it an octave lower or give it to a higher part.', zh: '低八度演奏，或交给更高的声部。' },
  };
}

/** Notes beyond what the instrument or voice has. */
export const RANGE_RULE: Rule = {
  name: 'range',
  summary: { en: 'Notes lie within the range of the instrument or voice.', zh: '音符在乐器或人声的音域之内。' },
  check: range,
};
