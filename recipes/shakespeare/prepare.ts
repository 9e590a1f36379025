/**
 * Turns tiny Shakespeare into a stream of characters, as nanoGPT's data/shakespeare_char does: every character a token, the
 * first nine tenths to learn from, the last to be measured on.
 *
 *   node recipes/shakespeare/prepare.ts recipes/shakespeare/recipe-small.json SOURCE OUT_FOLDER
 *
 * SOURCE is the real `input.txt`, or a file of plays from which the nearest text is built (text.ts); `dataset.json` says which.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/core/index.ts';
import { readText } from './text.ts';

const [recipeFile, source, out] = process.argv.slice(2);
if (recipeFile === undefined || source === undefined || out === undefined) {
  throw new Error('usage: prepare.ts RECIPE SOURCE OUT_FOLDER');
}
const { contextLength } = (JSON.parse(readFileSync(recipeFile, 'utf8')) as { data: { contextLength: number } }).data;
const { text, real } = readText(source);
const vocabulary = ['<unk>', ...[...new Set(text)].sort()];
const ids = new Map(vocabulary.map((character, id) => [character, id]));
const cut = Math.floor(text.length * 0.9);
const parts = { train: text.slice(0, cut), validation: text.slice(cut) };

mkdirSync(out, { recursive: true });
for (const [name, part] of Object.entries(parts)) {
  writeFileSync(
    join(out, `${name}.tokens.u16`),
    Uint16Array.from(part, (character) => ids.get(character)!),
  );
}
const description = {
  kind: 'stream',
  contextLength,
  vocabSize: vocabulary.length,
  splits: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { tokens: part.length }])),
  digest: sha256(`${contextLength}:${text}`),
  source: real ? 'tiny Shakespeare' : 'not tiny Shakespeare: rebuilt from plays, see recipes/shakespeare/text.ts',
};
writeFileSync(join(out, 'dataset.json'), `${JSON.stringify(description, null, 2)}\n`);
writeFileSync(join(out, 'vocabulary.json'), JSON.stringify(vocabulary));
process.stdout.write(`${description.source}; ${text.length} characters, ${vocabulary.length - 1} different\n`);
