/**
 * Puts the trained tune model into a model folder: weights in 16 bits, tokeniser, card, and the index of copies:
 *
 *   node recipes/tunes/package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER
 *
 * WEIGHTS_FOLDER holds config.json and model.safetensors. The index is built from `melodies.jsonl` of the dataset. Scores come later, from score-model.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTuneIndex, type IndexedTune } from '../../src/studios/music/theory/index.ts';
import {
  createCharacterTokenizer,
  parameterCount,
  parseConfig,
  readSafetensors,
  saveModelFolder,
} from '../../src/training/index.ts';

/** A line of `melodies.jsonl`: onsets of bars; onset, length and key of notes. */
interface MelodyLine {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly bars: readonly number[];
  readonly notes: readonly (readonly [at: number, length: number, midi: number])[];
}

const [dataset, weightsFolder, out] = process.argv.slice(2);
if (dataset === undefined || weightsFolder === undefined || out === undefined) {
  throw new Error('usage: package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER');
}
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const facts = readJson(join(dataset, 'dataset.json')) as {
  readonly shares: Record<string, number>;
  readonly pieces: object;
};
const config = parseConfig(readFileSync(join(weightsFolder, 'config.json'), 'utf8'), weightsFolder);
const stored = readSafetensors(readFileSync(join(weightsFolder, 'model.safetensors')), 'model.safetensors');

mkdirSync(out, { recursive: true });
await saveModelFolder(out, {
  config,
  tokenizer: createCharacterTokenizer(readJson(join(dataset, 'vocabulary.json')) as string[]),
  weights: new Map([...stored].map(([name, { data }]) => [name, data])),
  card: {
    name: 'tunes',
    licence: 'Apache-2.0',
    writes: 'tunes',
    summary: {
      en: 'A small model of melodies, chords and accompaniments, steered by style, metre, mode, tempo, range, form and mood.',
      zh: '旋律、和弦与伴奏小模型，可用风格、拍子、调式、速度、音域、曲式与情绪引导。',
    },
    parameters: parameterCount(config),
    trainedOn: [
      {
        name: 'Ceol Rince na hÉireann, Irish dance tunes',
        licence: 'CC BY 4.0; tunes traditional',
        shareOfTokens: facts.shares.irish,
      },
      {
        name: 'OpenScore Lieder, art songs for voice and piano',
        licence: 'CC0',
        shareOfTokens: sum('voice', 'lead', 'piano'),
      },
      { name: 'McGill Billboard chord charts', licence: 'CC0', shareOfTokens: facts.shares.charts },
      {
        name: 'Pentatonic melodies composed by the rules of this project (recipes/tunes/rule-tunes.ts)',
        licence: 'Apache-2.0',
        shareOfTokens: facts.shares.rules,
      },
    ],
    dataset: facts,
    recipe: readJson(join(import.meta.dirname, 'recipe.json')),
    limits: {
      en: 'No recorded Chinese tune was learned from: its Chinese manners are those of our own rules. Moods of real tunes were guessed from mode, tempo and density. Chords of the songs were analysed by a machine. Ornaments, dynamics and lyrics are not its business.',
      zh: '未学习任何采录的中国曲调：其中国风格来自本项目自己的作曲规则。真实曲调的情绪由调式、速度、密度推测；歌曲的和弦为机器分析。不涉及力度与歌词。',
    },
  },
});
writeFileSync(join(out, 'copies.bin'), buildTuneIndex(readMelodies(join(dataset, 'melodies.jsonl'))));

/** The melodies learned from, in bars. */
function readMelodies(path: string): IndexedTune[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { id, title, source, bars, notes } = JSON.parse(line) as MelodyLine;
    const end = Math.max(...notes.map(([at, length]) => at + length));
    const place = (tick: number): number => {
      const bar = bars.findLastIndex((start) => start <= tick);
      return bar + (tick - bars[bar]!) / ((bars[bar + 1] ?? Math.max(end, bars[bar]! + 1)) - bars[bar]!);
    };
    return {
      title: title || id,
      source,
      notes: notes.map(([at, length, midi]) => ({ midi, from: place(at), to: place(at + length) })),
    };
  });
}

function sum(...kinds: string[]): number {
  return Number(kinds.reduce((total, kind) => total + (facts.shares[kind] ?? 0), 0).toFixed(4));
}
