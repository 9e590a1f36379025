/**
 * docs/pictures/tunes.webp: what the tune model makes of four wishes, one above the other:  node bench/tunes-sheet.ts [MODEL_FOLDER]
 *
 *   wish ─▶ music/compose ─▶ │ first bars of the leading part, engraved │ all parts as a piano roll │
 */
import { writeFile } from 'node:fs/promises';
import sharp, { type OverlayOptions } from 'sharp';
import { createRandom } from '../src/core/index.ts';
import { createHouseTokenModel } from '../src/drivers/house/index.ts';
import { excerptOf } from '../src/studios/music/excerpt.ts';
import { composeMusic } from '../src/studios/music/ops/compose.ts';
import { engraveSvg, pianoRollSvg } from '../src/studios/music/render/index.ts';
import { parseScore, type Score } from '../src/studios/music/score/index.ts';

const WISHES: readonly { readonly seed: number; readonly [option: string]: unknown }[] = [
  { seed: 3, style: 'reel', key: 'D dorian' },
  { seed: 11, style: 'jiangnan', key: 'G zhi', language: 'zh' },
  { seed: 5, style: 'waltz', key: 'A minor', bars: 16 },
  { seed: 7, style: 'lullaby', key: 'F' },
];
const WIDTH = 1680;
const MARGIN = 36;
const GAP = 40;
// More than two lines of any, so that both are full.
const ENGRAVED_BARS = 16;
const ROLLED_BARS = 16;
/** Pixels. */
const LEAST_ROLL = 290;
/** Share of the width that the engraved bars have. */
const ENGRAVED = 0.5;

await using model = await createHouseTokenModel(
  process.argv[2] ?? new URL('../models/tunes', import.meta.url).pathname,
  {
    arithmetic: 'I8',
  },
);

async function compose({ seed, ...wish }: (typeof WISHES)[number]): Promise<Score> {
  const context = {
    random: createRandom(seed),
    seed,
    signal: new AbortController().signal,
    tokenModel: async () => model,
    soundModel: () => Promise.reject(new Error('composing makes no sound')),
    chatModel: () => Promise.reject(new Error('composing paints nothing')),
    pictureModel: () => Promise.reject(new Error('composing paints nothing')),
    pictureEye: () => Promise.reject(new Error('composing paints nothing')),
    gapFiller: () => Promise.reject(new Error('composing paints nothing')),
    readPicture: () => Promise.reject(new Error('music opens no pictures')),
    workshop: () => {
      throw new Error('composing needs no workshop');
    },
    progress: () => {},
    preview: () => {},
    breathe: async () => {},
  };
  const { works } = await composeMusic.run(context, [], composeMusic.options.parse({ ...wish, model: 'tunes' }));
  const [best] = works;
  if (!best || !('document' in best)) throw new Error(`seed ${seed} gave no tune`);
  return parseScore(best.document);
}

/** The leading part alone, its first lines. */
function opening(score: Score): Score {
  const [lead] = score.parts;
  const { staves: _, ...part } = lead!;
  const notes = lead!.notes.filter(({ staff, voice }) => (staff ?? 1) === 1 && (voice ?? 1) === 1);
  // The title stands above the roll.
  return { ...score, title: '', parts: [{ ...part, notes }] };
}

/** The first bars of a piece. */
function firstBars(score: Score, count: number): Score {
  return excerptOf(score, { bars: [1, Math.min(count, score.bars.length)] });
}

/** A picture without its margins, of a width; its height. */
async function pictureOf(svg: string, width: number): Promise<{ input: Buffer; height: number }> {
  const { data } = await sharp(Buffer.from(svg), { density: 220 })
    .flatten({ background: 'white' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const cut = await sharp(data).trim({ threshold: 6 }).png().toBuffer();
  const { data: input, info } = await sharp(cut).resize({ width }).png().toBuffer({ resolveWithObject: true });
  return { input, height: info.height };
}

/** A roll whose rows are as high as makes the whole `height` pixels. */
function rollOf(score: Score, width: number, height: number): string {
  const natural = Number(/<svg[^>]*\bheight="(\d+)/.exec(pianoRollSvg(score, { width, rowHeight: 4 }))![1]);
  const taller = Number(/<svg[^>]*\bheight="(\d+)/.exec(pianoRollSvg(score, { width, rowHeight: 8 }))![1]);
  const row = 4 + (4 * (height - natural)) / Math.max(1, taller - natural);
  return pianoRollSvg(score, { width, rowHeight: Math.max(2, row) });
}

const left = Math.round((WIDTH - 3 * MARGIN) * ENGRAVED);
const right = WIDTH - 3 * MARGIN - left;
const pieces: OverlayOptions[] = [];
let top = MARGIN;
for (const wish of WISHES) {
  const score = await compose(wish);
  const [page] = await engraveSvg(firstBars(opening(score), ENGRAVED_BARS), {
    pageHeight: 92,
    pageWidth: 180,
    firstPages: 1,
  });
  const scored = await pictureOf(page!, left);
  const roll = await pictureOf(
    rollOf(firstBars(score, ROLLED_BARS), 760, Math.round((760 * Math.max(LEAST_ROLL, scored.height)) / right)),
    right,
  );
  const height = Math.max(scored.height, roll.height);
  pieces.push({ input: scored.input, left: MARGIN, top: top + Math.round((height - scored.height) / 2) });
  pieces.push({ input: roll.input, left: 2 * MARGIN + left, top: top + Math.round((height - roll.height) / 2) });
  top += height + GAP;
}
const sheet = sharp({ create: { width: WIDTH, height: top - GAP + MARGIN, channels: 3, background: 'white' } });
const out = process.argv[3] ?? new URL('../docs/pictures/tunes.webp', import.meta.url).pathname;
await writeFile(out, await sheet.composite(pieces).webp({ quality: 82 }).toBuffer());
