/** For tests: writes a small dataset of made-up sentences with a grammar that can be learned. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../core/index.ts';

/** Tokens of the made-up language. */
export const TINY_VOCABULARY = ['<pad>', '<s>', '</s>', '<unk>', '<昼>', '<夜>', ...'日月星云山水花鸟明出落飞'];

/** Sizes of the dataset. */
export interface TinyDatasetOptions {
  readonly rows?: number;
  readonly length?: number;
  readonly seed?: string;
}

/** Writes `dataset.json`, `vocabulary.json` and the splits train and validation into a folder. */
export function writeTinyDataset(folder: string, options: TinyDatasetOptions = {}): void {
  const { rows = 24, length = 16, seed = 'tiny' } = options;
  mkdirSync(folder, { recursive: true });
  const splits = Object.fromEntries(
    [['train', rows] as const, ['validation', 6] as const].map(([name, count]) => {
      const tokens = writeSplit(folder, name, count, length, createRandom(`${seed}/${name}`));
      return [name, { rows: count, tokens }];
    }),
  );
  const description = { contextLength: length, vocabSize: TINY_VOCABULARY.length, splits, digest: seed };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(description));
  writeFileSync(join(folder, 'vocabulary.json'), JSON.stringify(TINY_VOCABULARY));
}

function writeSplit(folder: string, name: string, rows: number, length: number, random: Random): number {
  const cells = rows * length;
  const [tokens, segments, predict] = [new Uint16Array(cells), new Uint8Array(cells), new Uint8Array(cells)];
  for (let row = 0; row < rows; row++) {
    let at = row * length;
    for (let segment = 1; ; segment++) {
      const sentence = makeSentence(random);
      if (at + sentence.length > (row + 1) * length) break;
      sentence.forEach((token, i) => {
        tokens[at + i] = token;
        segments[at + i] = segment;
        predict[at + i] = i >= 2 ? 1 : 0;
      });
      at += sentence.length;
    }
  }
  writeFileSync(join(folder, `${name}.tokens.u16`), tokens);
  writeFileSync(join(folder, `${name}.segments.u8`), segments);
  writeFileSync(join(folder, `${name}.predict.u8`), predict);
  return predict.reduce((sum, one) => sum + one, 0);
}

/** `<s> <昼> 日 出 … </s>`: what rises and falls depends on the second token. */
function makeSentence(random: Random): number[] {
  const day = random.next() < 0.5;
  const nouns = day ? ['日', '云', '花', '鸟'] : ['月', '星', '山', '水'];
  const pairs = Array.from({ length: 1 + random.integer(2) }, () => [
    random.pick(nouns),
    random.pick(['明', '出', '落', '飞']),
  ]);
  return ['<s>', day ? '<昼>' : '<夜>', ...pairs.flat(), '</s>'].map((token) => TINY_VOCABULARY.indexOf(token));
}
