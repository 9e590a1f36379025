/** The op `music/edit`: changes that an artist made by hand, note by note, make a new version of a score. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { refusal } from '../refusal.ts';
import {
  midiOf,
  type Note,
  noteSchema,
  parseScore,
  rescale,
  type Score,
  scoreSchema,
  sortPart,
} from '../score/index.ts';
import { MUSIC, SCORE_INPUT, scoreOf, toWork } from './work.ts';

const part = z.string().max(32).describe('id of the part');

const changeSchema = z.strictObject({
  part,
  remove: z
    .array(z.strictObject({ at: z.int().min(0), pitch: z.string().max(8), voice: z.int().optional() }))
    .max(20_000)
    .default([])
    .describe('notes that go, by onset in ticks of the score, pitch and voice'),
  add: z.array(noteSchema).max(20_000).default([]).describe('notes that come'),
});

type Change = z.output<typeof changeSchema>;

export const editMusic = defineOp({
  name: 'music/edit',
  version: 1,
  summary: {
    en: 'Changes notes, chords and tempo of a score as the artist says.',
    zh: '按作者的改动修改乐谱的音符、和弦与速度。',
  },
  options: z.object({
    changes: z.array(changeSchema).max(64).default([]).describe('notes that go and come, part by part'),
    chords: scoreSchema.shape.chords.max(5000).optional().describe('all chords of the piece, in place of those there'),
    ticksPerQuarter: z
      .int()
      .min(1)
      .max(960)
      .optional()
      .describe('resolution in which the changes are counted, a multiple of the score’s; its own when absent'),
    quarterBpm: z
      .number()
      .min(5)
      .max(1000)
      .optional()
      .describe('tempo at the beginning; later tempos keep their proportion'),
    title: z.string().trim().min(1).max(200).optional(),
  }),
  inputs: [{ ...SCORE_INPUT, medium: MUSIC }],
  run(_context, inputs, { changes, chords, ticksPerQuarter, quarterBpm, title }) {
    const score = finer(scoreOf(inputs[0]), ticksPerQuarter);
    const parts = changes.reduce<Score['parts']>((all, change) => applyChange(all, change), score.parts);
    const factor = quarterBpm === undefined ? 1 : quarterBpm / score.tempos[0]!.quarterBpm;
    const edited = {
      ...score,
      parts,
      chords: chords === undefined ? score.chords : [...chords].sort((a, b) => a.at - b.at),
      tempos: score.tempos.map((tempo) => ({ ...tempo, quarterBpm: tempo.quarterBpm * factor })),
      ...(title !== undefined && { title }),
    };
    const count = (key: 'remove' | 'add'): number => changes.reduce((sum, change) => sum + change[key].length, 0);
    // What a hand made is read like any other score: a note beyond the last bar, say, is refused with its place.
    return { works: [toWork(parseScore(edited), { edited: { removed: count('remove'), added: count('add') } })] };
  },
});

function finer(score: Score, ticks: number | undefined): Score {
  if (ticks === undefined) return score;
  if (ticks % score.ticksPerQuarter !== 0) throw badEdit(`${ticks} / ${score.ticksPerQuarter}`);
  return rescale(score, ticks);
}

function applyChange(parts: Score['parts'], { part: id, remove, add }: Change): Score['parts'] {
  const known = parts.find((each) => each.id === id);
  if (!known) throw badEdit(id);
  const notes: Note[] = [...known.notes];
  for (const { at, pitch, voice } of remove) {
    const found = notes.findIndex(
      (note) =>
        note.at === at && midiOf(note.pitch) === midiOf(pitch) && (voice === undefined || (note.voice ?? 1) === voice),
    );
    if (found < 0) throw badEdit(`${id}: ${pitch} @ ${at}`);
    notes.splice(found, 1);
  }
  return parts.map((each) => (each === known ? sortPart({ ...each, notes: [...notes, ...add] }) : each));
}

function badEdit(what: string): Error {
  return refusal(
    'input',
    'music/bad-edit',
    {
      en: `The score has no such note to change: ${what.slice(0, 60)}.`,
      zh: `乐谱里没有要改的音：${what.slice(0, 60)}。`,
    },
    { en: 'Load the score again and make the change anew.', zh: '请重新载入乐谱，再改一次。' },
  );
}
