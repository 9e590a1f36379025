/**
 * Which of its readings a character has in a line. A reader of verse hears the one the form asks for, so polyphones are
 * resolved in favour of the poem, and what was chosen is shown.
 */
import { pinyinReadings, type Reading, type RhymeBook, type ToneClass } from '../prosody/index.ts';

/** One character with all it can be. */
export interface Place {
  readonly character: string;
  readonly readings: readonly Reading[];
  readonly level: boolean;
  readonly oblique: boolean;
}

/** Looks a character up. */
export function placeOf(character: string, book: RhymeBook): Place {
  const readings = book.readings(character);
  return {
    character,
    readings,
    level: readings.some(({ toneClass }) => toneClass === '平'),
    oblique: readings.some(({ toneClass }) => toneClass === '仄'),
  };
}

/** The reading of that tone class, preferring one of the given rhymes; the commonest reading when none fits; undefined for an unlisted character. */
export function readAs(place: Place, toneClass: ToneClass | '中', rhymes: readonly string[] = []): Reading | undefined {
  const fitting = place.readings.filter((reading) => toneClass === '中' || reading.toneClass === toneClass);
  return fitting.find((reading) => rhymes.includes(reading.rhyme)) ?? fitting[0] ?? place.readings[0];
}

/** All readings of a character of more than one tone class (`平 zhōng（东）`); undefined for the others. */
export function describeReadings({ level, oblique, readings }: Place): readonly string[] | undefined {
  if (!level || !oblique) return undefined;
  return readings.map(
    ({ toneClass, pinyin, rhyme }) => `${toneClass}${pinyin === undefined ? '' : ` ${pinyin}`}（${rhyme}）`,
  );
}

/** The modern sound to show: the reading's own, else the commonest of the character; empty when none is known. */
export function soundOf(place: Place, reading: Reading | undefined): string {
  return reading?.pinyin ?? pinyinReadings(place.character)[0] ?? '';
}
