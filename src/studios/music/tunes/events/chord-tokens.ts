/** Chord symbols as tokens of the tune language, counted from the tonic: `C#m7/E` in A → `<root:3> <kind:m7> <over:5>`. */
import { type Chord, formatChord, isNoChord, parseChord } from '../../theory/index.ts';
import { nameInKey, relativeName } from './relative-pitch.ts';
import { CHORD_KINDS, fieldOf } from './vocabulary.ts';

/** The tokens of a chord; kinds the language has no name for become the nearest one it has. */
export function chordTokens(symbol: string, tonic: string): string[] {
  if (isNoChord(symbol)) return ['<no-chord>'];
  const { root, intervals, bass } = parseChord(symbol);
  return [
    `<root:${relativeName(root, tonic)}>`,
    `<kind:${nearestKind(intervals)}>`,
    ...(bass === undefined ? [] : [`<over:${relativeName(bass, tonic)}>`]),
  ];
}

/** The chord of tokens: root, kind and perhaps bass; undefined for `<no-chord>` and what is no chord. */
export function chordOfTokens(tokens: readonly string[], tonic: string): Chord | undefined {
  const root = fieldOf('root', tokens[0]);
  if (root === undefined) return undefined;
  const intervals = CHORD_KINDS[fieldOf('kind', tokens[1]) ?? ''] ?? CHORD_KINDS['']!;
  const over = fieldOf('over', tokens[2]);
  const chord = { root: nameInKey(root, tonic), intervals };
  return over === undefined ? chord : { ...chord, bass: nameInKey(over, tonic) };
}

/** The symbol of chord tokens. */
export function symbolOfTokens(tokens: readonly string[], tonic: string): string {
  const chord = chordOfTokens(tokens, tonic);
  return chord ? formatChord(chord) : 'N.C.';
}

function nearestKind(intervals: readonly number[]): string {
  const wanted = new Set(intervals);
  const distance = (kind: readonly number[]): number => {
    const own = new Set(kind);
    // The third and the triad matter more than what is put on top.
    const weight = (tone: number): number => (tone === 3 || tone === 4 ? 3 : tone > 11 ? 0.5 : 1);
    const apart = [...new Set([...wanted, ...own])].filter((tone) => wanted.has(tone) !== own.has(tone));
    return apart.reduce((sum, tone) => sum + weight(tone), 0);
  };
  return Object.entries(CHORD_KINDS).reduce((best, each) => (distance(each[1]) < distance(best[1]) ? each : best))[0];
}
