/**
 * 倒字: a melody that runs against Mandarin tones, so that listeners hear another word.
 *
 * Tones come as data, one per note of a part; a note without one goes on with the syllable before. Heights are Chao's levels
 * where the ear takes the syllable (阴平 5, 阳平 4, 上声 2, 去声 4, 轻声 any). A step is wrong when tones two levels apart are
 * sung the other way; a melisma is wrong when 去声 rises or 阳平 falls.
 */
import { beatLength, midiOf, type Note, type Part, type Score } from '../score/index.ts';
import type { Remark, Rule } from './finding.ts';
import type { Hearing } from './hearing.ts';
import type { Tone } from './options.ts';

const LEVEL: Readonly<Record<Tone, number>> = { 1: 5, 2: 4, 3: 2, 4: 4, 5: Number.NaN };
const NAMES = ['', '阴平', '阳平', '上声', '去声', '轻声'] as const;

interface SungSyllable {
  readonly tone: Tone;
  readonly notes: readonly Note[];
}

function* conflicts({ score, options }: Hearing): Generator<Remark> {
  for (const part of score.parts) {
    const tones = options.tones?.[part.id];
    if (!tones) continue;
    const syllables = syllablesOf(part, tones);
    for (const [i, syllable] of syllables.entries()) {
      const remark = judgeContour(part, syllable) ?? judgeStep(score, part, syllables[i - 1], syllable);
      if (remark) yield remark;
    }
  }
}

function syllablesOf({ notes }: Part, tones: readonly (Tone | null | undefined)[]): SungSyllable[] {
  const syllables: { tone: Tone; notes: Note[] }[] = [];
  for (const [i, note] of notes.entries()) {
    const tone = tones[i];
    if (tone) syllables.push({ tone, notes: [note] });
    else syllables.at(-1)?.notes.push(note);
  }
  return syllables;
}

function judgeContour(part: Part, { tone, notes }: SungSyllable): Remark | undefined {
  const rise = midiOf(notes.at(-1)!.pitch) - midiOf(notes[0]!.pitch);
  if (!((tone === 4 && rise > 0) || (tone === 2 && rise < 0))) return undefined;
  const way = rise > 0 ? { en: 'rises', zh: '上行' } : { en: 'falls', zh: '下行' };
  return {
    severity: 'warning',
    at: notes[0]!.at,
    part: part.id,
    message: {
      en: `The melody ${way.en} inside ${wordOf(notes[0]!)}, a ${NAMES[tone]} syllable (tone ${tone}).`,
      zh: `${wordOf(notes[0]!)}为${NAMES[tone]}，旋律却${way.zh}，易成倒字。`,
    },
    mend: { en: 'Turn the ornament round, or sing one note.', zh: '把拖腔方向反过来，或只唱一音。' },
  };
}

function judgeStep(score: Score, part: Part, before: SungSyllable | undefined, now: SungSyllable): Remark | undefined {
  const last = before?.notes.at(-1);
  if (!before || !last) return undefined;
  const beat = beatLength(score.bars[0]!.metre, score.ticksPerQuarter);
  if (now.notes[0]!.at - last.at - last.length >= beat) return undefined;
  const wanted = LEVEL[now.tone] - LEVEL[before.tone];
  const sung = midiOf(now.notes[0]!.pitch) - midiOf(last.pitch);
  if (!(Math.abs(wanted) >= 2) || Math.sign(sung) !== -Math.sign(wanted)) return undefined;
  const up = wanted > 0;
  return {
    severity: 'warning',
    at: now.notes[0]!.at,
    part: part.id,
    message: {
      en: `From ${wordOf(before.notes[0]!)} to ${wordOf(now.notes[0]!)} the tones go ${up ? 'up' : 'down'} (${before.tone}–${now.tone}), the melody ${up ? 'down' : 'up'}.`,
      zh: `${wordOf(before.notes[0]!)}（${NAMES[before.tone]}）到${wordOf(now.notes[0]!)}（${NAMES[now.tone]}）字调${up ? '上行' : '下行'}，旋律却${up ? '下行' : '上行'}，易成倒字。`,
    },
    mend: { en: `Keep the pitch or go ${up ? 'up' : 'down'}.`, zh: `保持音高或${up ? '上行' : '下行'}。` },
  };
}

function wordOf({ lyrics }: Note): string {
  return lyrics?.[0] ? `“${lyrics[0].text}”` : '此字';
}

/** Melody and tones agree. */
export const TONE_RULE: Rule = {
  name: 'tone-conflicts',
  summary: { en: 'The melody does not contradict the tones of the words.', zh: '旋律不违背字调（倒字）。' },
  check: conflicts,
};
