/**
 * A picture and some words become a poster in layers.
 *
 *   picture ─▶ tones, calm places ─▶ layout ─▶ ground · picture · marks ─▶ type set and coloured so that it reads ─▶ checked
 */
import { createRandom, type Json } from '../../../core/index.ts';
import { isHan, type Style } from '../lettering/index.ts';
import { flatten, type Layer, type Picture, shrink } from '../picture/index.ts';
import type { Bitmap, Triple } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { calmest, measureUnrest } from './calm.ts';
import { checkPoster, type Reads } from './check-poster.ts';
import { chooseColour, LARGE_MM, type Legible, luminance, NEEDED, type Reading, ratioOn } from './contrast.ts';
import { lettersFor, refuseMissing } from './faces.ts';
import { covering, layMark, layPicture, layVeil, pixelBox } from './lay-marks.ts';
import { layType } from './lay-type.ts';
import type { Ruby } from './ruby.ts';
import { inkOf, RUBY_AIR, type SetOptions, setStack } from './set-stack.ts';
import { type Sheet, sheetOf } from './sheet.ts';
import { tonesOf } from './tones.ts';
import type { Box, Design, FormatName, Layout, Page, PosterText, SetText, Stack, Tones } from './types.ts';

export interface PosterOptions {
  readonly layout: Layout;
  readonly format: FormatName;
  /** Millimetres beyond the trim; default 0. */
  readonly bleed?: number;
  /** Pixels an inch; decides the size where given. */
  readonly dpi?: number | undefined;
  /** Pixels of the longer trimmed side; default 1600. */
  readonly longest?: number;
  /** Default: the brush. */
  readonly style?: Style;
  /** Readings beside a Chinese title; none when absent. */
  readonly ruby?: Ruby | undefined;
  readonly seed: string;
}

/** What the file keeps, enough to set the type again as vectors. */
export interface PosterFacts {
  readonly layout: string;
  readonly format: FormatName;
  readonly text: PosterText;
  /** Posters of before are set by brush throughout. */
  readonly style?: Style;
  /** `true` in posters of before: pinyin. */
  readonly ruby: Ruby | boolean;
  readonly sheet: Sheet;
  readonly stacks: readonly (Stack & { readonly colour: Triple })[];
  readonly reads: readonly Reads[];
  /** Pixels of the picture to an inch of the sheet. */
  readonly pictureDpi: number;
}

export interface Poster {
  readonly picture: Picture;
  readonly facts: PosterFacts;
}

/** A large poster is read from farther away: below this its type is small whatever it measures. */
const LARGE_UNITS = 44;
/** Margin of the sheet in units. */
const MARGIN = 70;

/** Makes a poster of an opaque picture. Throws `image/no-letters`, `image/too-much-text`. */
export async function makePoster(source: Bitmap, text: PosterText, options: PosterOptions): Promise<Poster> {
  const { layout, format, bleed = 0, dpi, longest = 1600, style = 'brush', ruby } = options;
  const lettersOf = lettersFor(text, style);
  refuseMissing(text, lettersOf);
  const sheet = sheetOf({ format, bleed, dpi, longest });
  const tones = tonesOf(await shrink(source, 72));
  const design = layout.arrange(await pageOf(source, text, tones, sheet, options));
  const layers = [...(await layPicture(source, design, sheet)), ...design.marks.map((mark) => layMark(mark, sheet))];
  const set = setAll(design, text, layout, { lettersOf, ruby });
  const coloured = set.map(({ stack, texts }, i) =>
    colour(stack, texts, { layers, sheet, tones, window: design.window, id: `veil-${i}` }),
  );
  const veiled = [...layers, ...coloured.flatMap(({ veil }) => veil)];
  const texts = coloured.flatMap((each) => each.texts);
  const reads = readsOf(
    texts,
    flatten({ width: sheet.pixels[0], height: sheet.pixels[1], layers: veiled, about: {} }),
    sheet,
  );
  refuseFaults(checkPoster({ texts, reads, ...sheet }));
  const facts: PosterFacts = {
    layout: layout.id,
    format,
    text,
    style,
    ruby: ruby ?? false,
    sheet,
    stacks: coloured.map(({ stack, legible }) => ({ ...stack, colour: legible.colour })),
    reads,
    pictureDpi: pictureDpi(source, design, sheet),
  };
  const [width, height] = sheet.pixels;
  const all = [...veiled, ...texts.map((each) => layType(each, sheet))];
  return { picture: { width, height, layers: all, about: { poster: facts as unknown as Json } }, facts };
}

async function pageOf(
  source: Bitmap,
  text: PosterText,
  tones: Tones,
  sheet: Sheet,
  { seed, ruby }: PosterOptions,
): Promise<Page> {
  const { width, height } = sheet;
  const small = await covering(
    source,
    Math.round((width / Math.max(width, height)) * 128),
    Math.round((height / Math.max(width, height)) * 128),
  );
  const unrest = measureUnrest(small);
  return {
    width,
    height,
    aspect: source.width / source.height,
    margin: MARGIN,
    text,
    han: [...text.title].filter(isHan).length * 2 >= [...text.title].filter((each) => each.trim()).length,
    tones,
    spoken: ruby === undefined ? 0 : RUBY_AIR,
    random: createRandom(`poster/${seed}`),
    calm(wide, tall, head, foot): Box {
      const room = {
        x: MARGIN,
        y: MARGIN + head,
        width: width - 2 * MARGIN,
        height: height - 2 * MARGIN - head - foot,
      };
      const found = calmest(
        unrest,
        Math.min(wide, room.width) / width,
        Math.min(tall, room.height) / height,
        shareOf(room, sheet),
      );
      return { x: found.x * width, y: found.y * height, width: found.width * width, height: found.height * height };
    },
    unrest: (box) => unrest.of(shareOf(box, sheet)),
  };
}

function shareOf({ x, y, width, height }: Box, sheet: Sheet): Box {
  return { x: x / sheet.width, y: y / sheet.height, width: width / sheet.width, height: height / sheet.height };
}

type Unset = Omit<SetText, 'colour'>;

function setAll(
  design: Design,
  text: PosterText,
  layout: Layout,
  options: SetOptions,
): { stack: Stack; texts: Unset[] }[] {
  return design.stacks.flatMap((stack) => {
    const texts = setStack(stack, text, options);
    if (texts) return texts.length > 0 ? [{ stack, texts }] : [];
    throw refusal(
      'input',
      'image/too-much-text',
      {
        en: `The ${stack.items.map(({ role }) => role).join(', ')} do not fit the layout ${layout.names.en}.`,
        zh: `版式“${layout.names.zh}”放不下这些文字。`,
      },
      { en: 'Say it in fewer words, or choose another layout or format.', zh: '请减少文字，或换一种版式、开本。' },
      { layout: layout.id, roles: stack.items.map(({ role }) => role) },
    );
  });
}

interface Coloured {
  readonly stack: Stack;
  readonly texts: readonly SetText[];
  readonly legible: Legible;
  readonly veil: readonly Layer[];
}

function colour(
  stack: Stack,
  texts: readonly Unset[],
  {
    layers,
    sheet,
    tones,
    id,
    window,
  }: {
    layers: readonly Layer[];
    sheet: Sheet;
    tones: Tones;
    id: string;
    /** Where the picture is seen. */
    window: Box;
  },
): Coloured {
  const [width, height] = sheet.pixels;
  const under = flatten({ width, height, layers, about: {} });
  const readings = texts.map((each) => readingOf(each, sheet));
  const legible = chooseColour(under, readings, stack.colours, tones);
  const { opacity, colour: tint } = legible.veil;
  const ink = readingBox(inkOf(texts.flatMap(({ letters }) => letters)), 14);
  const around = stack.way === 'across' ? bandOf(ink, window, sheet, luminance(tint) < DARK) : ink;
  return {
    stack,
    texts: texts.map((each) => ({ ...each, colour: legible.colour })),
    legible,
    veil: opacity > 0 ? [layVeil(around, tint, opacity, id, sheet)] : [],
  };
}

/** Share of the height within which words at head or foot have a veil as wide as the sheet, to its edge: no cloud in the middle of nowhere. */
const EDGE = 0.24;
/** The same for words at the foot on a dark veil, which lies like a shadow. */
const SHADOW = 0.5;
/** Luminance of dark veils. */
const DARK = 0.2;

function bandOf(ink: Box, window: Box, { width, height }: Sheet, isDark: boolean): Box {
  if (window.width < width) return ink;
  const across = { x: 0, width };
  const reachesFoot = window.y + window.height >= height;
  if (reachesFoot && ink.y > height * (1 - (isDark ? SHADOW : EDGE)))
    return { ...across, y: ink.y, height: height - ink.y };
  if (window.y <= 0 && ink.y + ink.height < height * EDGE) return { ...across, y: 0, height: ink.y + ink.height };
  return ink;
}

function readingBox({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function readingOf({ ink, size }: Unset, sheet: Sheet): Reading {
  const isLarge = size * sheet.mmPerUnit >= LARGE_MM && size >= LARGE_UNITS;
  const needed = isLarge ? NEEDED.large : NEEDED.small;
  return { box: pixelBox(readingBox(ink, 6), sheet), needed };
}

function readsOf(texts: readonly SetText[], under: Bitmap, sheet: Sheet): Reads[] {
  return texts.map((each): Reads => {
    const { box, needed } = readingOf(each, sheet);
    return { role: each.role, needed, ratio: Math.round(ratioOn(under, box, each.colour) * 100) / 100 };
  });
}

function pictureDpi(source: Bitmap, { window }: Design, { mmPerUnit }: Sheet): number {
  const perUnit = Math.min(source.width / window.width, source.height / window.height);
  return Math.round((perUnit / mmPerUnit) * 25.4);
}

function refuseFaults(faults: readonly { en: string; zh: string }[]): void {
  if (faults.length === 0) return;
  throw refusal(
    'input',
    'image/poster-fault',
    {
      en: `The poster would have faults: ${faults.map(({ en }) => en).join('; ')}.`,
      zh: `海报会有毛病：${faults.map(({ zh }) => zh).join('；')}。`,
    },
    { en: 'Choose another layout or format, or say it in fewer words.', zh: '请换一种版式或开本，或减少文字。' },
    { faults },
  );
}
