/**
 * Judges a language model: perplexity on held-out rows beside a 5-gram model of the same training text, and how it goes on
 * from the beginnings of held-out rows, beside how they truly went on.
 */
import { loadDataset } from '../../data/dataset.ts';
import type { PackedRows } from '../../gpt/batch.ts';
import { createGptRunner } from '../../gpt/runner.ts';
import { type LoadedModel, loadModelFolder } from '../../model/model-folder.ts';
import { type Evaluation, evaluateModel } from '../evaluate-model.ts';
import type { Section } from '../report/index.ts';
import { needs } from './judged-pictures.ts';
import type { Judge, JudgeOptions } from './judgement.ts';

const OPENINGS = 6;
const [OPENING, CONTINUATION] = [24, 48];

/** Throws `training/judge-needs`, and as `evaluateModel`. */
export const judge: Judge = async (folder, options) => {
  if (options.data === undefined) throw needs('--data FOLDER', 'the folder of prepared rows', '准备好的数据集文件夹');
  options.onStage?.({ en: 'measuring perplexity', zh: '测量困惑度' });
  const { data, threads, rows, split, groupBy, baseline, signal } = options;
  const given = Object.entries({ threads, rows, split, groupBy, baseline, signal });
  const evaluation = await evaluateModel(
    folder,
    data,
    Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  );
  const model = await loadModelFolder(folder);
  return { card: model.card, evaluation, report: await reportOf(model, evaluation, { ...options, data }) };
};

async function reportOf(model: LoadedModel, evaluation: Evaluation, options: JudgeOptions & { readonly data: string }) {
  options.onStage?.({ en: 'going on from held-out openings', zh: '续写留出的开头' });
  const held = await (await loadDataset(options.data)).loadSplit(options.split ?? 'validation');
  const { name, summary } = model.card;
  return {
    title: { en: `Language model ${name}`, zh: `语言模型 ${name}` },
    summary,
    facts: [
      { name: { en: 'digest', zh: '摘要' }, value: model.digest.slice(0, 16) },
      { name: { en: 'tokens measured', zh: '测量的词元' }, value: String(evaluation.model.tokens) },
    ],
    sections: [...perplexities(evaluation), await continuations(model, held, options)],
  };
}

function perplexities({ model, baseline }: Evaluation): Section[] {
  const series = [{ en: 'this model', zh: '本模型' }, ...(baseline ? [{ en: '5-gram model', zh: '五元模型' }] : [])];
  const values = (group?: string): (number | undefined)[] =>
    [model, ...(baseline ? [baseline] : [])].map((all) => (group === undefined ? all : all.groups[group])?.perplexity);
  const groups = Object.keys(model.groups);
  const rows = [
    { name: { en: 'all', zh: '全部' }, values: values() },
    ...groups.map((group) => ({ name: group.replace(/[<>]/g, ''), values: values(group) })),
  ];
  const title = { en: 'Perplexity per token on held-out text ↓', zh: '留出文本上每个词元的困惑度 ↓' };
  const note = {
    en: 'Between how many tokens the model wavers. Compare it only with others on the same tokens.',
    zh: '模型在多少个词元之间犹豫。只宜与同一词表的模型比较。',
  };
  return [
    { kind: 'table', title, note, columns: series, rows },
    {
      kind: 'bars',
      title: { en: 'Beside the baseline', zh: '与基准相比' },
      y: { en: 'perplexity', zh: '困惑度' },
      series,
      bars: rows.map(({ name, values: each }) => ({ name, values: each.map((value) => value ?? Number.NaN) })),
    },
  ];
}

async function continuations(model: LoadedModel, held: PackedRows, options: JudgeOptions): Promise<Section> {
  const { tokenizer, config } = model;
  await using runner = await createGptRunner(
    config,
    model.weights,
    options.threads ? { threads: options.threads } : {},
  );
  const samples = [];
  for (const ids of openings(held)) {
    options.signal?.throwIfAborted();
    const prompt = ids.slice(0, Math.min(OPENING, ids.length >> 1));
    await using batch = await runner.open(prompt, 1);
    const made: number[] = [];
    for (const wanted = Math.min(CONTINUATION, held.length - prompt.length); made.length < wanted; ) {
      const logits = batch.logits(0);
      made.push(logits.indexOf(logits.reduce((most, x) => Math.max(most, x))));
      if (made.length < wanted) await batch.extend([made.at(-1)!]);
    }
    const truth = ids.slice(prompt.length, prompt.length + CONTINUATION);
    samples.push({ prompt: tokenizer.decode(prompt), texts: [tokenizer.decode(made), tokenizer.decode(truth)] });
  }
  return {
    kind: 'samples',
    title: { en: 'Openings it never saw, gone on with', zh: '未见过的开头与续写' },
    note: {
      en: 'The likeliest token each time, so it soon repeats itself; with chance, as when writing, it does not.',
      zh: '每次取最可能的词元，因此容易重复；实际写作时带随机性，不会如此。',
    },
    columns: [
      { en: 'this model', zh: '本模型' },
      { en: 'the true text', zh: '原文' },
    ],
    samples,
  };
}

/** Beginnings of a few rows, evenly spread, without padding. */
function openings({ rows, length, tokens, segments }: PackedRows): number[][] {
  const count = Math.min(OPENINGS, rows);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * rows) / count) * length;
    const row = [...tokens.subarray(from, from + length)];
    return row.filter((_id, at) => segments[from + at] === segments[from] && segments[from] !== 0);
  }).filter((ids) => ids.length > 1);
}
