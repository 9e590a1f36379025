/**
 * `train --preferences FILE|ledger --name NAME`: a model is tuned to what was chosen.
 *
 *   pairs of a file, or the artist's choices on the ledger ─▶ preferences/collect ─▶ model/prefer ─▶ model/publish
 */
import { resolve } from 'node:path';
import { OsError } from '../core/index.ts';
import type { Os } from '../host/index.ts';
import { checkModelName } from './check-model-name.ts';
import type { Door, Reply } from './door.ts';
import { sayDuration } from './terminal/progress.ts';
import { followStep, nameMissing, type StepName } from './train-on-own-work.ts';

/** The options of the command that concern preferences. */
export interface PreferenceOptions {
  readonly preferences: string;
  readonly name?: string;
  readonly base?: string;
  readonly method?: 'full' | 'lora';
  readonly epochs?: number;
  readonly steps?: number;
  readonly beta?: number;
  readonly licence?: string;
  readonly seed?: number;
  readonly replace?: boolean;
}

type Facts = Readonly<Record<string, unknown>>;

/** The same for all, so that the same command, typed again after a stop, goes on. */
const USUAL_SEED = 1;
/** What is written instead of a file. */
const LEDGER = 'ledger';

/** Runs all steps; throws what the first step that cannot be done throws. */
export async function trainOnPreferences(door: Door, options: PreferenceOptions): Promise<Reply> {
  const { name, method, epochs, steps, beta, seed = USUAL_SEED, replace } = options;
  if (name === undefined) throw nameMissing();
  const started = performance.now();
  const os = await door.os();
  await checkModelName(os, name, replace);
  const { given, model } = await pairsOf(door, os, options.preferences);
  const base = options.base ?? model ?? (await onlyProseModel(os));
  const { card } = await os.models.get(base);
  const licence = options.licence ?? (typeof card.licence === 'string' ? card.licence : undefined);
  const done: { readonly id: string; readonly op: string; readonly facts: Facts }[] = [];
  const step = async (op: StepName, inputs: readonly string[], told: object): Promise<string> => {
    const set = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    const run = os.run({ op, inputs, options: set, seed, fresh: true, signal: door.world.signal });
    const [work] = (await followStep(door, run, op)).works;
    done.push({ id: work!.id, op, facts: (await os.load(work!.id)).document as Facts });
    return work!.id;
  };
  const collected = await step('preferences/collect', [], given);
  const tuned = await step('model/prefer', [collected], { base, method, epochs, steps, beta });
  await step('model/publish', [tuned], { name, licence, replace });
  const seconds = Math.round((performance.now() - started) / 1000);
  const { ink, say } = door;
  return {
    json: { name, seconds, steps: done },
    lines: [
      `${ink.good('✓')} ${say('prefer.done', { name, base })} ${ink.quiet(sayDuration(seconds, say))}`,
      ...figures(door, done[1]!.facts),
      '',
      ink.quiet(`  ${say('own.use', { name })}`),
    ],
  };
}

async function pairsOf({ world, say, json, ink }: Door, os: Os, from: string) {
  if (from !== LEDGER) return { given: { file: resolve(from) }, model: undefined };
  const { pairs, model, choices, unused } = await os.recordedChoices();
  const told = say('prefer.ledger', { choices, unused, pairs: pairs.length });
  if (!json) world.stderr.write(`${ink.quiet(`  ${told}`)}\n`);
  return { given: { pairs }, model };
}

/** The prose model at hand when there is no question which; throws `cli/missing-option`. */
async function onlyProseModel(os: Os): Promise<string> {
  const prose = (await os.models.list()).filter(({ card, fault }) => fault === undefined && card.writes === 'prose');
  if (prose.length === 1) return prose[0]!.name;
  const names = prose.map(({ name }) => name).join(', ') || '—';
  throw new OsError({
    kind: 'input',
    code: 'cli/missing-option',
    message: 'The option --base must be given: which model shall learn the preferences?',
    hint: `Models that write prose: ${names}.`,
    zh: { message: '必须给出选项 --base：由哪个模型学习这些偏好？', hint: `写散文的模型：${names}。` },
  });
}

function figures({ say }: Door, facts: Facts): string[] {
  const share = (name: string): string => `${(100 * Number(facts[name])).toFixed(0)} %`;
  const number = (name: string): string => Number(facts[name]).toFixed(1);
  const told = { before: share('accuracyBefore'), after: share('accuracy'), pairs: Number(facts.pairs) };
  return [
    `  ${say('prefer.accuracy', told)}`,
    `  ${say('prefer.moved', { share: share('moved') })}`,
    `  ${say('prefer.drift', { before: number('perplexityBefore'), after: number('perplexity') })}`,
  ];
}
