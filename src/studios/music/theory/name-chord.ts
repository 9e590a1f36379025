/** A name for notes that sound together. */
import { type Key, spellingCentre, spellMidi } from '../score/index.ts';
import { type Chord, chordOf, nameOf } from './chord.ts';
import { shapeOf } from './chord-shape.ts';
import { SYMBOL_BASES } from './chord-symbol.ts';

/** What a modifier costs, what a rarer base and what a root above the bass: tuned so that A C E G over A is Am7, over C is C6. */
const COST = { modifier: 1, rarity: 0.04, inversion: 0.6, missing: 0.25 };

/**
 * The simplest chord with exactly these pitch classes over this bass (default: the bass is not known). Spelled by the key
 * (default C major). Undefined for no classes; a single class is a root alone.
 */
export function nameChord(classes: readonly number[], bass?: number, key: Key = C_MAJOR): Chord | undefined {
  const sounding = [...new Set([...classes, ...(bass === undefined ? [] : [bass])])].map((c) => ((c % 12) + 12) % 12);
  let best: { cost: number; root: number; intervals: number[] } | undefined;
  for (const root of sounding) {
    const intervals = stack(sounding.map((c) => (c - root + 12) % 12));
    const { base, modifiers } = shapeOf(intervals, SYMBOL_BASES);
    const inverted = bass !== undefined && (bass - root + 120) % 12 !== 0;
    const cost =
      modifiers.reduce((sum, modifier) => sum + (modifier === 'no5' ? COST.missing : COST.modifier), 0) +
      COST.rarity * SYMBOL_BASES.indexOf(base) +
      (inverted ? COST.inversion : 0);
    if (!best || cost < best.cost) best = { cost, root, intervals };
  }
  if (!best) return undefined;
  const spell = (c: number): string => nameOf(spellMidi(60 + (((c % 12) + 12) % 12), spellingCentre(key)));
  return chordOf(spell(best.root), best.intervals, bass === undefined ? undefined : spell(bass));
}

const C_MAJOR: Key = { tonic: 'C', mode: 'major' };

/** Puts tones beside a third and a seventh up an octave, where chord symbols count them: 2 becomes the ninth. */
function stack(tones: readonly number[]): number[] {
  const has = (tone: number): boolean => tones.includes(tone);
  const third = has(3) || has(4);
  const seventh = has(10) || has(11);
  const raised = (tone: number): boolean =>
    tone === 1 ||
    (tone === 2 && third) ||
    (tone === 3 && has(4)) ||
    (tone === 5 && third) ||
    (tone === 6 && has(7)) ||
    (tone === 8 && has(7) && seventh) ||
    (tone === 9 && seventh);
  return tones.map((tone) => (raised(tone) ? tone + 12 : tone)).sort((a, b) => a - b);
}
