/** The op `tunes/tokenise`: tunes become rows in the tune language, whole pieces held out, and an index against copies. */
import { z } from 'zod';
import { defineOp, type TokenModel } from '../../../kernel/index.ts';
import { buildTuneIndex, extendTuneIndex, melodyOf, tuneNotesOf } from '../theory/index.ts';
import {
  countDropped,
  countEvents,
  type DroppedTune,
  datasetOfPieces,
  findStyles,
  type KeptTune,
  metreOf,
  readKeptTunes,
  requireEnoughTunes,
  requireTuneModel,
  STYLES,
  type StyleByMetre,
  splitPieces,
} from '../tunes/index.ts';
import { readMade } from './made.ts';

export const tokeniseTunes = defineOp({
  name: 'tunes/tokenise',
  version: 1,
  summary: {
    en: 'Writes tunes in the tokens of a tune model; whole pieces are held out for measuring.',
    zh: '用曲调模型的词元写出曲调，并留出整首用于测量。',
  },
  options: z.object({
    base: z.string().min(1).default('tunes').describe('tune model to go on from'),
    style: z
      .enum(STYLES)
      .optional()
      .describe('style that all are taken for; when absent, for each metre the one the base finds likeliest'),
  }),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  model: (options) => options.base,
  async run(context, inputs, { base, style }) {
    const workshop = context.workshop();
    const corpus = readMade(inputs[0]);
    const model = await context.tokenModel();
    requireTuneModel(model);
    const { kept, left, events } = fitting(await readKeptTunes(workshop, corpus), model.contextLength);
    requireEnoughTunes(kept.length, events);
    context.progress({ done: 0, total: 2, note: { en: 'hearing which style it is', zh: '辨认风格' } });
    const styles = style ? everywhere(kept, style) : await findStyles(model, kept, context.signal);
    context.progress({ done: 1, total: 2, note: { en: 'writing tokens', zh: '写成词元' } });
    const styled = kept.map((tune) => ({ ...tune, style: styles[metreOf(tune)] }));
    const seed = `own-tunes/${context.seed}`;
    const pieces = splitPieces(styled, seed);
    const { files, rows, splits } = datasetOfPieces(pieces, model.contextLength, seed);
    const document = {
      digest: await workshop.keepFiles('dataset', files),
      corpus: corpus.digest,
      base,
      baseDigest: model.identity.digest,
      tunes: kept.length,
      rows,
      splits,
      styles,
      heldOut: pieces.test.map(({ id }) => id),
      companions: await workshop.keepFiles('companions', new Map([['copies.bin', indexOf(model, kept)]])),
      removed: countDropped(left),
    };
    return { works: [{ medium: 'dataset', title: inputs[0]!.work.title, document }] };
  },
});

/** What fits into the context and the language, and how many events it is. */
function fitting(tunes: readonly KeptTune[], contextLength: number) {
  const kept: KeptTune[] = [];
  const left: DroppedTune[] = [];
  let events = 0;
  for (const tune of tunes) {
    const counted = countEvents(tune, contextLength);
    if (typeof counted !== 'number') left.push(counted);
    else {
      kept.push(tune);
      events += counted;
    }
  }
  return { kept, left, events };
}

function everywhere(tunes: readonly KeptTune[], style: StyleByMetre[string]): StyleByMetre {
  return Object.fromEntries(tunes.map((tune) => [metreOf(tune), style]));
}

/** What must not be copied: the tunes the base learned from, and all of the artist's own, held out or not. */
function indexOf(base: TokenModel, tunes: readonly KeptTune[]): Uint8Array {
  const own = tunes.map(({ score }) => ({
    title: score.title,
    source: "the artist's own",
    notes: tuneNotesOf(score, melodyOf(score.parts[0]!)),
  }));
  const known = base.companion('copies.bin');
  return known ? extendTuneIndex(known, own) : buildTuneIndex(own);
}
