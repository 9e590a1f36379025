/**
 * Hearing a poem in a form: which tones its lines are taken to have, so that as little as possible is wrong.
 *
 *   lines ──▶ cost of every sound of every line ──▶ cheapest choice over the whole poem ──▶ one Heard per line
 */
import { type LinePattern, type LineType, lineTypes, opposite, type ToneMark, type VerseForm } from '../forms/index.ts';
import type { ToneClass } from '../prosody/index.ts';
import { type Place, readAs } from '../readings/index.ts';
import { type LineSound, lineSounds } from './regulated-line.ts';

/** What one line was heard as. */
export interface Heard {
  /** What each place asks, as the form prints it. */
  readonly marks: readonly ToneMark[];
  /** The tones of the sound it comes nearest to. */
  readonly tones: readonly (ToneClass | '中')[];
  readonly misses: readonly number[];
  readonly rescue?: { readonly name: string; readonly place: number };
  /** Places off the pattern where the tune's own poets are free too. */
  readonly tolerated?: readonly number[];
  /** 失对 within a couplet, 失粘 between couplets, seen from this line to the one before. */
  readonly broken?: 'opposition' | 'adhesion';
}

type Lines = readonly (readonly Place[])[];

/** Hears every line. Lines must have the lengths of the form. */
export function hear(lines: Lines, form: VerseForm, { rescue }: { rescue: boolean }): readonly Heard[] {
  return form.family === 'regulated'
    ? hearRegulated(lines, form, rescue)
    : lines.map((line, i) => hearMarks(line, form.lines[i]!));
}

function hearMarks(line: readonly Place[], { tones: marks, tolerant = [] }: LinePattern): Heard {
  const wrong = line.flatMap((place, index) => (canSound(place, marks[index]!) ? [] : [index]));
  const isTolerated = (index: number): boolean => tolerant.includes(index) && line[index]!.readings.length > 0;
  const tones = marks.map((mark, index) => (wrong.includes(index) && isTolerated(index) ? '中' : mark));
  const tolerated = wrong.filter(isTolerated);
  return {
    marks,
    tones,
    misses: wrong.filter((index) => !isTolerated(index)),
    ...(tolerated.length > 0 ? { tolerated } : {}),
  };
}

/** Whether a character can be read so. An unlisted character only stands where either tone is right. */
function canSound(place: Place, mark: ToneMark): boolean {
  return mark === '中' || (mark === '平' ? place.level : place.oblique);
}

interface Option {
  readonly sound: LineSound;
  readonly type: LineType;
  readonly misses: readonly number[];
  readonly cost: number;
}

function hearRegulated(lines: Lines, form: VerseForm, rescue: boolean): readonly Heard[] {
  const width = form.lines[0]!.tones.length as 5 | 7;
  const firstSecond = form.lines[0]!.tones[1] as ToneClass;
  const firstRhymes = form.lines[0]!.rhyme !== undefined;
  const types = lineTypes(form.lines.length, { width, firstSecond, firstRhymes });
  const options = { width, rescue };
  const couplets = Array.from({ length: lines.length / 2 }, (_, index) =>
    [false, true].flatMap((firstFlipped) =>
      [false, true].map((secondFlipped) => {
        const typeOf = (line: number, flipped: boolean): LineType => (flipped ? flip(types[line]!) : types[line]!);
        const pair = [typeOf(index * 2, firstFlipped), typeOf(index * 2 + 1, secondFlipped)] as const;
        return {
          flipped: [firstFlipped, secondFlipped],
          ...hearCouplet([lines[index * 2]!, lines[index * 2 + 1]!], pair, options),
        };
      }),
    ),
  );
  return cheapest(couplets).map(({ sound, misses, broken }, index) => ({
    marks: form.lines[index]!.tones,
    tones: sound.tones,
    misses,
    ...(sound.rescue === undefined ? {} : { rescue: sound.rescue }),
    ...(broken === undefined ? {} : { broken }),
  }));
}

function flip({ second, last }: LineType): LineType {
  return { second: opposite(second), last };
}

interface Couplet {
  readonly flipped: readonly boolean[];
  readonly pair: readonly [Option, Option];
  readonly cost: number;
}

/** The best two sounds together: a great 拗 in the first asks for its answer in the second. */
function hearCouplet(
  lines: readonly [readonly Place[], readonly Place[]],
  types: readonly [LineType, LineType],
  options: { width: 5 | 7; rescue: boolean },
): { pair: readonly [Option, Option]; cost: number } {
  const [first, second] = [0, 1].map((index) =>
    lineSounds(types[index]!, options).map((sound) => rate(lines[index]!, sound, types[index]!)),
  ) as [Option[], Option[]];
  const answerPlace = options.width - 3;
  const best = lowest(second);
  const answering = lowest(
    second.filter(({ sound, misses }) => sound.tones[answerPlace] === '平' && !misses.includes(answerPlace)),
  );
  const pairs = first.map((option) => {
    const other = option.sound.needsAnswer ? answering : best;
    return { pair: [option, other ?? best!] as const, cost: option.cost + (other?.cost ?? 9) };
  });
  return pairs.reduce((a, b) => (b.cost < a.cost ? b : a));
}

function lowest(options: readonly Option[]): Option | undefined {
  return options.reduce<Option | undefined>((a, b) => (a === undefined || b.cost < a.cost ? b : a), undefined);
}

/** One for each wrong place; a little for a rescue and for rare readings, so that the plain hearing wins a tie. */
function rate(line: readonly Place[], sound: LineSound, type: LineType): Option {
  const misses: number[] = [];
  let strain = sound.rescue === undefined ? 0 : 0.1;
  for (const [index, tone] of sound.tones.entries()) {
    const place = line[index]!;
    if (place.readings.length === 0 && index % 2 === 0 && index < line.length - 1) continue;
    if (!canSound(place, tone)) misses.push(index);
    else strain += rarity(readAs(place, tone)?.share ?? 1);
  }
  return { sound, type, misses, cost: misses.length + strain };
}

/** A reading that poets hardly use strains more than a rescue does. */
function rarity(share: number): number {
  return share < 0.05 ? 0.15 : (1 - share) * 0.01;
}

/** Chooses for every couplet whether its lines keep to the form's order of tones or turn it round; a broken link costs as much as a wrong place and a half. */
function cheapest(couplets: readonly (readonly Couplet[])[]): (Option & { broken?: 'opposition' | 'adhesion' })[] {
  let paths: { chosen: Couplet[]; cost: number }[] = [{ chosen: [], cost: 0 }];
  for (const variants of couplets) {
    paths = paths.flatMap((path) =>
      variants
        .filter((couplet) => path.chosen.length > 0 || !couplet.flipped[0])
        .map((couplet) => ({
          chosen: [...path.chosen, couplet],
          cost: path.cost + couplet.cost + 1.5 * breaks(path.chosen.at(-1), couplet).length,
        })),
    );
  }
  const best = paths.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best.chosen.flatMap((couplet, index) => {
    const broken = breaks(best.chosen[index - 1], couplet);
    return couplet.pair.map((option, side) => {
      const kind = side === 0 ? 'adhesion' : 'opposition';
      return broken.includes(kind) ? { ...option, broken: kind as 'opposition' | 'adhesion' } : option;
    });
  });
}

function breaks(before: Couplet | undefined, couplet: Couplet): string[] {
  const adhesion = before !== undefined && before.flipped[1] !== couplet.flipped[0];
  return [...(adhesion ? ['adhesion'] : []), ...(couplet.flipped[0] !== couplet.flipped[1] ? ['opposition'] : [])];
}
