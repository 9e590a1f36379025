/** The op `music/write-part`: one part only, beside those that are there; by a tune model where it can, else by rule. */
import { z } from 'zod';
import { defineOp, type OpContext, type TokenModel } from '../../../kernel/index.ts';
import { addPart, ensembleOf, FIGURES, type Role } from '../arrange/index.ts';
import { findInstrument, type Instrument } from '../instruments/index.ts';
import { commonResolution, type Part, rescale, type Score } from '../score/index.ts';
import { GRID, infillTune, type Track } from '../tunes/index.ts';
import { choiceShape, chooseBest, type Draft, draftBy, draftEach, WRITTEN } from './choose.ts';
import { gridChords } from './given.ts';
import { tracksBeside } from './tracks.ts';
import { SCORE_INPUT, scoreOf } from './work.ts';

/** Who plays a role when nobody is named. */
const PLAYERS: Readonly<Record<string, string>> = {
  bass: 'cello',
  drums: 'drum-kit',
  counter: 'viola',
  inner: 'viola',
  figure: 'guitar',
  pad: 'strings',
  double: 'flute',
};

/** Tracks of the tune language that stand for roles; other roles are written by rule. */
const TRACK_OF_ROLE: Readonly<Partial<Record<Role, Track>>> = {
  bass: 'bass',
  counter: 'inner',
  inner: 'inner',
  figure: 'accompaniment',
};

export const writePart = defineOp({
  name: 'music/write-part',
  version: 3,
  summary: {
    en: 'Writes one part for a melody with chords: bass, drums, a counter-melody, a figure.',
    zh: '只写一个声部：低音、鼓、对旋律或伴奏音型。',
  },
  options: z.object({
    role: z.enum(['bass', 'drums', 'counter', 'inner', 'figure', 'pad', 'double']).describe('what the part does'),
    instrument: z.string().optional().describe('who plays it; a usual player when absent'),
    figure: z
      .string()
      .optional()
      .describe(`a pattern, then by rule: held, ${FIGURES.join(', ')}; for drums backbeat, bodhran …`),
    language: z.enum(['zh', 'en']).default('en').describe('language of the part name'),
    ...choiceShape,
    candidates: z.int().min(1).max(64).default(4).describe('how many to write and choose from'),
  }),
  inputs: [SCORE_INPUT],
  model: (options) => (options.figure === undefined ? (options.model ?? null) : null),
  async run(context, inputs, { role, instrument, figure, language, count, candidates, temperature, model }) {
    const score = scoreOf(inputs[0]);
    const [player] = ensembleOf([instrument ?? PLAYERS[role]!]).seats;
    const usual = role === 'bass' ? 'root-fifth' : role === 'figure' ? 'arpeggio' : undefined;
    const wanted = figure ?? usual;
    const seat = { instrument: player!.instrument, role: role as Role, ...(wanted && { figure: wanted }) };
    const track = TRACK_OF_ROLE[role as Role];
    const byRules = () =>
      draftEach(context, count, (i) =>
        addPart(score, seat, { seed: i === 0 ? context.seed : `${context.seed}/${i}`, language }),
      );
    if (model === undefined || figure !== undefined || track === undefined) {
      const drafts = await byRules();
      return chooseBest(context, { way: { by: 'rules' }, drafts }, { count, facts: { role } });
    }
    const wish = {
      track,
      player: findInstrument(seat.instrument)!,
      language,
      wanted: Math.max(count, candidates),
      temperature,
    };
    const byModel = (tunes: TokenModel): Promise<Draft[]> => writeByModel(context, tunes, score, wish);
    return chooseBest(context, await draftBy(context, model, { byModel, byRules }), { count, facts: { role } });
  },
});

interface Wish {
  readonly track: Track;
  readonly player: Instrument;
  readonly language: 'zh' | 'en';
  readonly wanted: number;
  readonly temperature: number;
}

async function writeByModel(
  context: OpContext,
  model: TokenModel,
  score: Score,
  { track, player, language, wanted, temperature }: Wish,
): Promise<Draft[]> {
  const fine = rescale(score, commonResolution(score.ticksPerQuarter, GRID));
  const seen = { ...fine, parts: fine.parts.filter(({ id }) => id !== track) };
  const hole = { from: 0, to: fine.bars.length, tracks: [track] };
  const found = await infillTune(
    model,
    seen,
    hole,
    {},
    {
      random: context.random,
      count: wanted,
      candidates: wanted,
      temperature,
      tracks: tracksBeside(seen, [track]),
      ranges: { [track]: player.comfortable },
      chords: gridChords(fine),
      signal: context.signal,
      onProgress: (done, total) => context.progress({ done, total, note: WRITTEN }),
    },
  );
  return found.flatMap(({ score: made, scores }): Draft[] => {
    const { notes } = made.parts.find(({ id }) => id === track)!;
    return notes.length === 0
      ? []
      : [{ score: { ...fine, parts: [...fine.parts, played(notes, fine, player, language)] }, scores }];
  });
}

/** Written notes as the part of a player. */
function played(notes: Part['notes'], { parts }: Score, player: Instrument, language: 'zh' | 'en'): Part {
  return {
    id: `p${parts.length + 1}-${player.id}`.slice(0, 32),
    name: player.names[language],
    instrument: player.id,
    ...(player.transposition && { transposition: player.transposition }),
    notes,
    pan: player.pan,
  };
}
