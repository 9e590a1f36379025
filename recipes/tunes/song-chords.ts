/**
 * The chords of a song from its analysis (RomanText: `m1 Db: I b3 V7 | m2 vi7`), made by a machine and not checked. Beats are
 * felt beats; numerals that cannot be read leave the chord before in force.
 */
import { beatLength, type Key, type Score } from '../../src/studios/music/score/index.ts';
import { chordOfRoman, formatChord } from '../../src/studios/music/theory/index.ts';

/** Chord symbols of an analysis over the bars of a score of 24 ticks a quarter. */
export function readAnalysis(text: string, bars: Score['bars']): Score['chords'] {
  const chords: Score['chords'] = [];
  const shift = /(^|\s)m0\s/.test(text) ? 0 : 1;
  let key: Key = bars[0]!.key;
  let bar = bars[0]!;
  let at = 0;
  for (const word of text.replaceAll('|', ' ').split(/\s+/)) {
    const measure = /^m(\d+)$/.exec(word);
    const beat = /^b(\d+(?:\.\d+)?)$/.exec(word);
    const local = /^([A-Ga-g])([#b]*):$/.exec(word);
    if (measure) {
      bar = bars[Number(measure[1]) - shift] ?? bar;
      at = bar.at;
    } else if (beat) at = bar.at + Math.round((Number(beat[1]) - 1) * beatLength(bar.metre, 24));
    else if (local)
      key = { tonic: local[1]!.toUpperCase() + local[2]!, mode: /[a-g]/.test(local[1]!) ? 'minor' : 'major' };
    else {
      const symbol = symbolOf(word, key);
      const last = chords.at(-1);
      if (symbol === undefined || at >= bar.at + bar.length || (last && last.at >= at) || last?.symbol === symbol)
        continue;
      chords.push({ at, symbol });
    }
  }
  return chords;
}

function symbolOf(roman: string, key: Key): string | undefined {
  if (!/^[b#]*[IViv]|^(N|It|Fr|Ger|Cad)/.test(roman)) return undefined;
  try {
    return formatChord(chordOfRoman(roman, key));
  } catch {
    return undefined;
  }
}
