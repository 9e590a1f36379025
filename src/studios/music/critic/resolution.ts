/**
 * Notes that ask for another: the leading note, and the sevenths of chords. Judged in strict part-writing only.
 *
 * The chord of a moment is named from what sounds; a note is followed to the next note of its own line, and the chord that
 * sounds then says whether the tension was resolved, is still held (the same root), or was let down.
 */
import { type Key, keyAt, midiOf, tonicClass } from '../score/index.ts';
import { classOf, nameChord } from '../theory/index.ts';
import type { Remark, Rule } from './finding.ts';
import type { Hearing, Line, LineNote, Moment } from './hearing.ts';

/** A chord of pitch classes: root and tones above it. */
interface Sounding {
  readonly root: number;
  readonly intervals: readonly number[];
  readonly classes: ReadonlySet<number>;
}

/** Names every set of classes once. */
function createNamer(): (midis: readonly number[], pitches: readonly string[]) => Sounding | undefined {
  const known = new Map<string, Sounding | undefined>();
  return (midis, pitches) => {
    const bass = Math.min(...midis) % 12;
    const classes = [...new Set(midis.map((midi) => midi % 12))].sort((a, b) => a - b);
    const name = `${bass}:${classes.join()}`;
    if (!known.has(name)) {
      const chord = nameChord(classes, bass);
      known.set(name, chord && { root: classOf(chord.root), intervals: chord.intervals, classes: new Set(classes) });
    }
    const chord = known.get(name);
    const root = chord?.intervals.join() === '0,3,6,9' ? diminishedRoot(pitches) : undefined;
    if (!chord || root === undefined) return chord;
    const written = `${name} on ${root}`;
    if (!known.has(written)) known.set(written, { ...chord, root });
    return known.get(written);
  };
}

/** Root of a diminished seventh as it is written: B D F Ab stand in thirds on B alone; undefined when the names say nothing. */
function diminishedRoot(pitches: readonly string[]): number | undefined {
  const letters = new Set(pitches.map((pitch) => 'CDEFGAB'.indexOf(pitch[0]!)));
  const root = pitches.find((pitch) => [2, 4, 6].every((up) => letters.has(('CDEFGAB'.indexOf(pitch[0]!) + up) % 7)));
  return letters.size === 4 && root !== undefined ? midiOf(root) % 12 : undefined;
}

/** A note of a line as it begins, the chord it begins in, the note that follows it and the chord that sounds then. */
interface Step {
  readonly at: number;
  readonly line: Line;
  readonly outer: boolean;
  readonly note: LineNote;
  readonly next: LineNote;
  /** The note after that one, where it follows at once. */
  readonly afterNext: LineNote | undefined;
  readonly chord: Sounding;
  readonly nextChord: Sounding;
  readonly key: Key;
}

/** A step for each chord that sounds with a note, so that a seventh is seen where it arises, held or struck. */
function* stepsOf({ score, lines, moments }: Hearing): Generator<Step> {
  const nameOf = createNamer();
  const all = moments();
  const index = new Map(all.map(({ at }, i) => [at, i]));
  const chords = all.map((moment) => {
    const notes = notesAt(lines, moment);
    return notes.length < 2 ? undefined : nameIn(nameOf, notes);
  });
  for (const [m, { at, sounding }] of all.entries()) {
    const chord = chords[m];
    if (!chord || chord === chords[m - 1]) continue;
    const key = keyAt(score, at);
    for (const [i, line] of lines.entries()) {
      const note = line.notes[sounding[i]!];
      const next = sounding[i]! < 0 ? undefined : line.notes[sounding[i]! + 1];
      const nextChord = next && next.at === note!.to ? chords[index.get(next.at)!] : undefined;
      if (!note || !next || !nextChord) continue;
      const later = line.notes[sounding[i]! + 2];
      const afterNext = later?.at === next.to ? later : undefined;
      yield { at, line, outer: i === 0 || i === lines.length - 1, note, next, afterNext, chord, nextChord, key };
    }
  }
}

function notesAt(lines: readonly Line[], { sounding }: Moment): LineNote[] {
  return lines.flatMap(({ notes }, i) => (sounding[i]! < 0 ? [] : [notes[sounding[i]!]!]));
}

function nameIn(nameOf: ReturnType<typeof createNamer>, notes: readonly LineNote[]): Sounding | undefined {
  return nameOf(
    notes.map(({ midi }) => midi),
    notes.map(({ pitch }) => pitch),
  );
}

/** The class of the leading note where the mode has one in its cadences; undefined for modes without. */
function leadingClass(key: Key): number | undefined {
  return key.mode === 'major' || key.mode === 'minor' || key.mode === 'lydian'
    ? (tonicClass(key) + 11) % 12
    : undefined;
}

/** Whether a chord is of the dominant kind: V, or a diminished chord on the leading note (a major one there leads elsewhere). */
function isDominant({ root, classes }: Sounding, leading: number): boolean {
  const diminished = classes.has((leading + 3) % 12) && classes.has((leading + 6) % 12);
  return classes.has(leading) && ((root === leading && diminished) || root === (leading + 8) % 12);
}

/** Whether a chord is a tonic triad or the sixth degree that stands for it. */
function isTonic({ root, classes }: Sounding, leading: number): boolean {
  const tonic = (leading + 1) % 12;
  const sixth = root === (tonic + 9) % 12 || root === (tonic + 8) % 12;
  return classes.has(tonic) && (root === tonic || sixth);
}

function* leadingNotes(hearing: Hearing): Generator<Remark> {
  if (hearing.style === 'free') return;
  for (const { at, line, outer, note, next, afterNext, chord, nextChord, key } of stepsOf(hearing)) {
    const leading = leadingClass(key);
    if (
      leading === undefined ||
      note.midi % 12 !== leading ||
      !isDominant(chord, leading) ||
      !isTonic(nextChord, leading)
    )
      continue;
    const moved = next.midi - note.midi;
    // 7–2–1 resolves too, over one other note.
    if (moved === 1 || moved % 12 === 0 || afterNext?.midi === note.midi + 1) continue;
    const toFifth = !outer && moved === -4;
    yield {
      severity: toFifth ? 'hint' : outer ? 'fault' : 'warning',
      at,
      part: line.part.id,
      message: {
        en: `The leading note ${note.pitch} in ${line.name} goes to ${next.pitch}, not up to the tonic.`,
        zh: `${line.name} 的导音 ${note.pitch} 进行到 ${next.pitch}，没有上行到主音。`,
      },
      mend: toFifth
        ? {
            en: 'Good in an inner part when the chord needs its fifth; else step up to the tonic.',
            zh: '内声部为补足五音可以如此；否则上行到主音。',
          }
        : { en: `Step up to ${key.tonic}.`, zh: `上行半音到 ${key.tonic}。` },
    };
  }
}

/** The chords whose seventh is a dissonance to resolve: semitones of the seventh by their other tones. */
function seventhOf({ root, intervals }: Sounding): number | undefined {
  const has = (tone: number): boolean => intervals.includes(tone);
  if (!has(3) && !has(4)) return undefined;
  if (has(10)) return (root + 10) % 12;
  if (has(11)) return (root + 11) % 12;
  return has(3) && has(6) && has(9) && !has(7) ? (root + 9) % 12 : undefined;
}

function* sevenths(hearing: Hearing): Generator<Remark> {
  if (hearing.style === 'free') return;
  for (const { at, line, note, next, afterNext, chord, nextChord, key } of stepsOf(hearing)) {
    const seventh = seventhOf(chord);
    if (seventh === undefined || note.midi % 12 !== seventh) continue;
    if (nextChord.root === chord.root || sameDiminished(chord, nextChord)) continue;
    const moved = next.midi - note.midi;
    const late = afterNext ? afterNext.midi - note.midi : 0;
    if (moved % 12 === 0 || moved === -1 || moved === -2 || late === -1 || late === -2) continue;
    const dominant = chord.root === (tonicClass(key) + 7) % 12;
    const up = moved === 1 || moved === 2;
    yield {
      severity: up ? 'hint' : dominant ? 'fault' : 'warning',
      at,
      part: line.part.id,
      message: {
        en: `The seventh ${note.pitch} in ${line.name} goes to ${next.pitch}; it wants to step down.`,
        zh: `${line.name} 的七音 ${note.pitch} 进行到 ${next.pitch}；七音应下行级进解决。`,
      },
      mend: up
        ? {
            en: 'Rising by step is usual only when the bass goes up in tenths with it; else step down.',
            zh: '只有低音与之平行十度上行时才宜上行；否则下行级进。',
          }
        : { en: 'Lead it down a step, or hold it into the next chord.', zh: '下行级进，或保持到下一和弦。' },
    };
  }
}

/** Diminished sevenths over another of their tones are the same chord. */
function sameDiminished(a: Sounding, b: Sounding): boolean {
  return a.classes.size === 4 && b.classes.size === 4 && [...a.classes].every((c) => b.classes.has(c));
}

function* doubledLeadingNotes(hearing: Hearing): Generator<Remark> {
  if (hearing.style === 'free') return;
  const nameOf = createNamer();
  const { score, lines } = hearing;
  for (const moment of hearing.moments()) {
    const leading = leadingClass(keyAt(score, moment.at));
    if (leading === undefined) continue;
    const twice = lines.flatMap(({ notes }, i) => {
      const note = notes[moment.sounding[i]!];
      return note && note.midi % 12 === leading ? [{ note, line: lines[i]! }] : [];
    });
    if (twice.length < 2 || !twice.some(({ note }) => note.at === moment.at)) continue;
    const chord = nameIn(nameOf, notesAt(lines, moment));
    if (!chord || !isDominant(chord, leading)) continue;
    yield {
      severity: 'fault',
      at: moment.at,
      part: twice[0]!.line.part.id,
      other: twice[1]!.line.part.id,
      message: {
        en: `The leading note ${twice[0]!.note.pitch} is doubled in ${twice.map(({ line }) => line.name).join(', ')}.`,
        zh: `导音 ${twice[0]!.note.pitch} 在 ${twice.map(({ line }) => line.name).join('、')} 中重复。`,
      },
      mend: { en: 'Give one of them the root or the fifth of the chord.', zh: '让其中一声部改唱根音或五音。' },
    };
  }
}

/** Tendency notes. */
export const RESOLUTION_RULES: readonly Rule[] = [
  {
    name: 'leading-note',
    summary: {
      en: 'The leading note rises to the tonic when the dominant resolves.',
      zh: '属和弦解决时导音上行到主音。',
    },
    check: leadingNotes,
  },
  {
    name: 'seventh',
    summary: { en: 'The seventh of a chord steps down or is held.', zh: '和弦七音下行级进或保持。' },
    check: sevenths,
  },
  {
    name: 'doubled-leading-note',
    summary: { en: 'The leading note of a dominant chord is not doubled.', zh: '属功能和弦中不重复导音。' },
    check: doubledLeadingNotes,
  },
];
