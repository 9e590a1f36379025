/**
 * A song for a voice and a group: the singer takes the lead, the players' leader has the opening and the interludes.
 *
 *   leader plays the tune (笛, violin)      ─▶ a part of its own, silent while the voice sings
 *   leader is a keyboard, zither, guitar    ─▶ the tune goes into its upper staff, the figure goes on below
 */
import { compareNotes, type Note, type Part, type Score } from '../score/index.ts';
import { arrange } from './arrange.ts';
import type { Ensemble, Seat } from './ensembles.ts';

const VOICE: Seat = { instrument: 'voice', role: 'melody' };

/**
 * Arranges a song. The first part of `score` is the voice with its chords above; `played` are notes for players in the octave of
 * the voice, where it is silent. They are left out of a group in which nobody can play them.
 */
export function arrangeSong(
  score: Score,
  played: readonly Note[],
  ensemble: Ensemble,
  options: { seed: string | number; language?: 'en' | 'zh' },
): Score {
  const [first, ...others] = ensemble.seats as readonly [Seat, ...Seat[]];
  const leads = first.role === 'melody' && first.instrument !== 'voice';
  const accompanying = first.role === 'melody' ? others : [{ ...first, role: 'keyboard' as const }, ...others];
  const leader = leads ? first : accompanying.find(({ role }) => role === 'keyboard');
  if (played.length === 0 || !leader) return arrange(score, { ...ensemble, seats: [VOICE, ...accompanying] }, options);
  const lead: Seat = { ...leader, role: 'melody' };
  const whole = withPlayed(score, played);
  const piece = arrange(whole, { ...ensemble, seats: [VOICE, lead, ...accompanying] }, options);
  const [voice, tune, ...rest] = piece.parts as [Part, Part, ...Part[]];
  const belongs = ({ at }: Note): boolean => played.some((note) => note.at <= at && at < note.at + note.length);
  const sung: Part = { ...voice, notes: voice.notes.filter((note) => !belongs(note)) };
  const notes = tune.notes.filter(belongs).map(({ lyrics: _, ...note }) => note);
  if (leads) {
    const { marks: _, spans: __, ...plain } = tune;
    return { ...piece, parts: [sung, { ...plain, notes }, ...rest] };
  }
  const seat = accompanying.indexOf(leader);
  return { ...piece, parts: [sung, ...rest.map((part, i) => (i === seat ? joined(part, notes) : part))] };
}

/** The voice with the players' notes in its silences: what chords are found for. */
export function withPlayed(score: Score, played: readonly Note[]): Score {
  const [voice, ...rest] = score.parts as [Part, ...Part[]];
  return { ...score, parts: [{ ...voice, notes: [...voice.notes, ...played].sort(compareNotes) }, ...rest] };
}

function joined(part: Part, notes: readonly Note[]): Part {
  const upper = notes.map((note) => ({ ...note, voice: 1, ...(part.staves === 2 && { staff: 1 }) }));
  return { ...part, notes: [...part.notes, ...upper].sort(compareNotes) };
}
