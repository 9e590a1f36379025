/**
 * Changes of key in MEI. The engraver reads one new signature for all staves; transposing instruments need their own, drums
 * none. So each change gets a definition for every staff.
 */
import { writtenSignatures } from '../formats/index.ts';
import type { Score } from '../score/index.ts';

/** MEI of an engraver with the signatures of each staff; unchanged where all staves agree. */
export function withSignatures(mei: string, score: Score): string {
  const staves = score.parts.flatMap((part) => {
    const signs = part.percussion ? undefined : writtenSignatures(score, part);
    return Array.from({ length: part.staves ?? 1 }, () => signs);
  });
  if (score.parts.every(({ percussion, transposition = 0 }) => !percussion && transposition === 0)) return mei;
  const key = ({ bars }: Score, i: number): string => JSON.stringify(bars[i]!.key);
  const changes = score.bars.flatMap((_, i) => (i > 0 && key(score, i) !== key(score, i - 1) ? [i] : []));
  const change = /(<scoreDef\b[^>]*>\s*)<keySig\b[^>]*\/>([\s\S]*?<\/scoreDef>)/g;
  const start = mei.indexOf('<section');
  const [head, body] = [mei.slice(0, start), mei.slice(start)];
  if ([...body.matchAll(change)].length !== changes.length) return mei;
  let n = 0;
  return (
    head +
    body.replace(change, (_, open: string, rest: string) => `${open}${definitions(staves, changes[n++]!)}${rest}`)
  );
}

function definitions(staves: readonly (readonly number[] | undefined)[], bar: number): string {
  const all = staves.map((signs, s) => {
    const signature = signs ? `<keySig sig="${signatureOf(signs[bar]!)}"/>` : '';
    return `<staffDef n="${s + 1}" lines="5">${signature}</staffDef>`;
  });
  return `<staffGrp>${all.join('')}</staffGrp>`;
}

function signatureOf(fifths: number): string {
  return fifths === 0 ? '0' : `${Math.abs(fifths)}${fifths > 0 ? 's' : 'f'}`;
}
