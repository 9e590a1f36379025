/**
 * The score: what a musician would write down, as plain data.
 *
 *   score ─┬─ bars    the grid all parts share: metre, key, repeats, labels of the form
 *          ├─ tempos, chords
 *          └─ parts ─┬─ notes   onset, length, spelled pitch, voice, lyrics, ornaments
 *                    └─ marks, spans   dynamics, clefs, words; slurs, hairpins, pedal
 *
 * Times are whole ticks of 1/`ticksPerQuarter` quarter note counted from the beginning, so every time is an exact
 * rational: a score chooses the resolution its rhythms need (`rescale` changes it, `tidyScore` finds the smallest).
 * Notes are whole sounds: a note that crosses a bar line is one note, and the engraver writes the tie. Chords are notes of
 * one voice with the same onset. Tuplets, ties, rests and beams follow from onsets and lengths and are not stored. Page
 * layout is not part of a score.
 */
import { z } from 'zod';
import { keySchema } from './key.ts';
import { PITCH_PATTERN } from './pitch.ts';

/** No score holds more notes; longer files are refused before they fill the memory. */
export const MOST_NOTES = 200_000;
/** No score has more bars. */
export const MOST_BARS = 20_000;

const ticks = z.int().min(0);

/** Signs on a single note. */
export const ARTICULATIONS = [
  'staccato',
  'staccatissimo',
  'tenuto',
  'accent',
  'marcato',
  'fermata',
  'breath',
  'up-bow',
  'down-bow',
  'open',
  'stopped',
  'harmonic',
  'pizzicato',
  'snap-pizzicato',
  'arpeggio',
] as const;

/** Ornaments; the last ones are Chinese: 滑音 slides, 吟 vibrato, 揉 wide vibrato, 轮指 tremolo by rolled fingers. */
export const ORNAMENTS = [
  'trill',
  'mordent',
  'inverted-mordent',
  'turn',
  'inverted-turn',
  'roll',
  'tremolo',
  'slide-up',
  'slide-down',
  'yin',
  'rou',
  'lunzhi',
] as const;

export const lyricSchema = z.object({
  text: z.string().max(200),
  /** Place of the syllable in its word; default a word of one syllable. */
  syllabic: z.enum(['single', 'begin', 'middle', 'end']).optional(),
  /** Default 1. */
  verse: z.int().min(1).max(20).optional(),
});
export type Lyric = z.infer<typeof lyricSchema>;

export const noteSchema = z.object({
  at: ticks,
  /** Above 0. Grace notes are in `graces` of the note they lead to. */
  length: z.int().min(1),
  /** `F#4`; in percussion parts the General MIDI drum key, spelled. */
  pitch: z.string().regex(PITCH_PATTERN),
  /** Default 1. Voices of one part may overlap; within a voice notes of one onset form a chord. */
  voice: z.int().min(1).max(16).optional(),
  /** Default 1, the upper staff. */
  staff: z.int().min(1).max(3).optional(),
  /** Pitches played just before, in order. */
  graces: z.array(z.string().regex(PITCH_PATTERN)).max(24).optional(),
  articulations: z.array(z.enum(ARTICULATIONS)).optional(),
  ornaments: z.array(z.enum(ORNAMENTS)).optional(),
  lyrics: z.array(lyricSchema).optional(),
  /** 1–127, when a performance is known. */
  velocity: z.int().min(1).max(127).optional(),
  /** The artist keeps this note: no op changes it. */
  locked: z.boolean().optional(),
});
export type Note = z.infer<typeof noteSchema>;

export const DYNAMICS = ['pppp', 'ppp', 'pp', 'p', 'mp', 'mf', 'f', 'ff', 'fff', 'ffff', 'sf', 'sfz', 'fp'] as const;
export const CLEFS = ['treble', 'treble-8', 'treble+8', 'alto', 'tenor', 'bass', 'bass-8', 'percussion'] as const;

export const markSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dynamic'), at: ticks, value: z.enum(DYNAMICS), staff: z.int().min(1).optional() }),
  z.object({ kind: z.literal('clef'), at: ticks, value: z.enum(CLEFS), staff: z.int().min(1).optional() }),
  z.object({ kind: z.literal('text'), at: ticks, value: z.string().max(500), staff: z.int().min(1).optional() }),
]);
export type Mark = z.infer<typeof markSchema>;

export const SPANS = ['slur', 'crescendo', 'diminuendo', 'pedal', 'octave-up', 'octave-down', 'glissando'] as const;

export const spanSchema = z.object({
  kind: z.enum(SPANS),
  /** From the onset of its first note … */
  from: ticks,
  /** … to the onset of its last; for hairpins, pedal and octave signs to their end. */
  to: ticks,
  voice: z.int().min(1).optional(),
  staff: z.int().min(1).optional(),
});
export type Span = z.infer<typeof spanSchema>;

export const barSchema = z.object({
  at: ticks,
  /** Whole in ticks; shorter than the metre in a pickup bar or one split by a repeat. */
  length: z.int().min(1),
  /** Beats and the note that counts one: [6, 8]. */
  metre: z.tuple([z.int().min(1).max(64), z.literal([1, 2, 4, 8, 16, 32, 64])]),
  key: keySchema,
  /** How the metre is drawn where numbers are not: C and alla breve. */
  metreSign: z.enum(['common', 'cut']).optional(),
  /** Line at its end; default a single line. */
  line: z.enum(['double', 'final', 'dashed', 'none']).optional(),
  repeatStart: z.boolean().optional(),
  /** A repeat sign at its end: how many times the passage is played in all, 2 or more. */
  repeatEnd: z.int().min(2).max(20).optional(),
  /** The volta bracket over it: played in these passes only. */
  ending: z.array(z.int().min(1).max(20)).optional(),
  /** Part of the form that begins here: A, B, 起, verse. */
  label: z.string().max(60).optional(),
  /** Signs of a journey through the score. */
  jump: z
    .enum([
      'segno',
      'coda',
      'to-coda',
      'fine',
      'da-capo',
      'dal-segno',
      'da-capo-al-fine',
      'dal-segno-al-fine',
      'da-capo-al-coda',
      'dal-segno-al-coda',
    ])
    .optional(),
});
export type Bar = z.infer<typeof barSchema>;

export const partSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name: z.string().max(120),
  /** An instrument of `sound/instruments`, such as `erhu`, or `gm-40` for a General MIDI programme (0–127) we have none for. */
  instrument: z.string().max(60),
  /** Keys name drums, not pitches. */
  percussion: z.boolean().optional(),
  /** Semitones from written to sounding: −2 for a clarinet in B♭. The pitches here are the sounding ones. */
  transposition: z.int().min(-36).max(36).optional(),
  /** Default 1; 2 for keyboards, 3 with organ pedals. */
  staves: z.int().min(1).max(3).optional(),
  /** Sorted by onset, then voice, then pitch upwards. */
  notes: z.array(noteSchema),
  marks: z.array(markSchema).optional(),
  spans: z.array(spanSchema).optional(),
  /** Loudness of the part in the mix, decibels; default 0. */
  gain: z.number().min(-60).max(12).optional(),
  /** Place from left −1 to right 1; default by the ensemble. */
  pan: z.number().min(-1).max(1).optional(),
});
export type Part = z.infer<typeof partSchema>;

export const scoreSchema = z.object({
  version: z.literal(1),
  title: z.string().max(500),
  subtitle: z.string().max(500).optional(),
  composer: z.string().max(500).optional(),
  lyricist: z.string().max(500).optional(),
  copyright: z.string().max(1000).optional(),
  /** Language of the lyrics. */
  language: z.string().max(20).optional(),
  ticksPerQuarter: z.int().min(1).max(1_000_000),
  tuning: z
    .object({
      /** Hertz; default 440. */
      a4: z.number().min(200).max(900).optional(),
      /** Deviation of the twelve pitch classes from equal temperament, from C; default all 0. */
      cents: z.array(z.number().min(-100).max(100)).length(12).optional(),
    })
    .optional(),
  /** Contiguous from tick 0. */
  bars: z.array(barSchema).min(1).max(MOST_BARS),
  /** The first at 0; quarter notes a minute. `text`: Andante, 慢板. */
  tempos: z
    .array(z.object({ at: ticks, quarterBpm: z.number().min(5).max(1000), text: z.string().max(100).optional() }))
    .min(1),
  /** Chord symbols above the staff, such as `Am7/C`; a chord holds until the next, `N.C.` is none. */
  chords: z.array(z.object({ at: ticks, symbol: z.string().max(40) })),
  parts: z.array(partSchema).min(1).max(64),
});
/** See the file header; parse what comes from outside with `parseScore`. */
export type Score = z.infer<typeof scoreSchema>;
