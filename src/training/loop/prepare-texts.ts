/**
 * A folder of texts as the dataset of a new model, in tokens of its own:
 *
 *   texts ─▶ collect ─▶ clean ─▶ byte-level BPE learned from them ─▶ rows, held-out documents ─▶ out/data
 *
 * `corpus.html` there says what was left out and why. It is made once: a run that goes on finds it there; when the options
 * are others it is made anew, which is another run.
 */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../../core/index.ts';
import { cleanDocuments, collectFolder, formatCorpusPage } from '../corpus/index.ts';
import { tokeniseDocuments } from '../data/tokenise-documents.ts';
import { writeDurably } from '../model/durable.ts';
import { learnBytePairs, OWN_SPECIAL } from '../tokenizer/byte-pair-tokenizer.ts';
import { formatTokenizer } from '../tokenizer/tokenizer-file.ts';
import type { CompleteOptions } from './options.ts';

type Texts = NonNullable<CompleteOptions['texts']>;

/** The dataset folder of a run over texts. Throws the errors of collecting, cleaning and tokenising. */
export async function prepareTexts(source: string, out: string, texts: Texts): Promise<string> {
  const folder = join(out, 'data');
  const said = canonicalJson(texts as unknown as Json);
  const known = await readFile(join(folder, 'texts.json'), 'utf8').catch(() => undefined);
  if (known === said && existsSync(join(folder, 'dataset.json'))) return folder;
  await rm(folder, { recursive: true, force: true });
  const { documents: raw } = await collectFolder(source);
  const { documents, report } = await cleanDocuments(raw, { script: texts.script });
  await writeDurably(join(folder, 'corpus.html'), formatCorpusPage(report));
  const { vocabSize, contextLength, validation, shards } = texts;
  const tokenizer = learnBytePairs(
    documents.map(({ text }) => text),
    { vocabSize, special: OWN_SPECIAL },
  );
  await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(tokenizer));
  await writeDurably(join(folder, 'texts.json'), said);
  await tokeniseDocuments(documents, tokenizer, folder, { contextLength, validation, shards });
  return folder;
}
