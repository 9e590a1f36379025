/**
 * `train --on FOLDER --name NAME`: an artist's own work (or a repository they named) becomes a model in their voice. Every step is an op with its
 * record, and its work is the input of the next:
 *
 *   collect ─▶ clean ─▶ tokenise ─▶ train ─▶ evaluate ─▶ publish ─▶ `write --model NAME`
 */
import { OsError } from '../core/index.ts';
import {
  createStep,
  type Facts,
  learnOwnWork,
  type StepName as OwnStep,
  type StepDone,
  USUAL_SEED,
} from '../host/index.ts';
import type { JobResult, JobRun } from '../kernel/index.ts';
import { checkModelName } from './check-model-name.ts';
import type { Door, Reply } from './door.ts';
import { type OwnKind, type OwnSources, sayFetching } from './own-sources.ts';
import { spinner } from './terminal/live.ts';
import { sayDuration } from './terminal/progress.ts';
import { createTrainingPage, type TrainingFacts } from './terminal/training-page.ts';
import { fit, wrap } from './terminal/width.ts';

/** The options of the command that concern an artist's own work. */
export interface OwnWorkOptions {
  readonly from: OwnSources;
  readonly name?: string;
  readonly base?: string;
  readonly method?: 'full' | 'lora';
  readonly order?: 'shuffled' | 'shards';
  readonly epochs?: number;
  readonly steps?: number;
  readonly script?: string;
  readonly licence?: string;
  readonly seed?: number;
  readonly replace?: boolean;
  /** Music or text; what most of the folder's files are, when absent. */
  readonly kind?: OwnKind;
  /** For music: the style that all tunes are taken for. */
  readonly style?: string;
}

/** The steps of the command line: those of the house, and those of preferences. */
export type StepName = OwnStep | 'preferences/collect' | 'model/prefer';

/** Runs all steps; throws what the first step that cannot be done throws. */
export async function trainOnOwnWork(door: Door, options: OwnWorkOptions): Promise<Reply> {
  const { name, seed = USUAL_SEED } = options;
  if (name === undefined) throw nameMissing();
  const started = performance.now();
  await checkModelName(await door.os(), name, options.replace);
  const { step, done } = await startSteps(door, seed);
  await sayFetching(door, options.from);
  const { evaluation } = await learnOwnWork(step, { ...options, name, kind: 'text' }, (corpus) =>
    sayCorpus(door, corpus),
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  return {
    json: { name, seconds, steps: done() },
    lines: [
      `${door.ink.good('✓')} ${door.say('own.done', { name })} ${door.ink.quiet(sayDuration(seconds, door.say))}`,
      ...comparison(door, evaluation),
      ...sampleLines(door, evaluation),
      '',
      door.ink.quiet(`  ${door.say('own.use', { name })}`),
      door.ink.quiet(`  ${door.say('own.report', { id: evaluation.id })}`),
    ],
  };
}

/** Runs steps one after another, each on what the one before made, and remembers them for the answer. */
export async function startSteps(door: Door, seed: number) {
  const made: StepDone[] = [];
  const step = createStep(await door.os(), {
    seed,
    signal: door.world.signal,
    follow: (run, op) => followStep(door, run, op),
    onDone: (one) => void made.push(one),
  });
  const done = () => made.map(({ work, facts }) => ({ id: work.id, op: work.record.op, facts: withoutPage(facts) }));
  return { step, done };
}

/** Follows one op: training shows its page, the others a line. */
export async function followStep(door: Door, run: JobRun, op: StepName): Promise<JobResult> {
  const { live, ink, say, language, columns } = door;
  const page = createTrainingPage(door);
  let training = false;
  let progress = '';
  live.follow((frame) =>
    training
      ? page.lines(frame)
      : [ink.quiet(fit(`${spinner(frame)} ${say(`own.step.${op}`)} ${progress}`, columns - 1))],
  );
  for await (const event of run) {
    if (event.type === 'job-preview' && event.data !== undefined) {
      const facts = event.data as unknown as TrainingFacts;
      training = training || facts.loss !== undefined;
      page.note(facts);
    }
    if (event.type === 'job-progress') {
      const count = event.total === undefined ? `${event.done}` : `${event.done}/${event.total}`;
      progress = event.note === undefined ? count : `${event.note[language]} ${count}`;
    }
  }
  live.clear();
  return run.result;
}

/** What was read and what was dropped, as soon as it is known: training takes minutes. */
function sayCorpus({ world, say, json, ink }: Door, corpus: Facts): void {
  if (json) return;
  const facts = {
    documents: String(corpus.documents),
    characters: String(corpus.characters),
    dropped: String(corpus.dropped),
  };
  world.stderr.write(`${ink.quiet(`  ${say('own.corpus', facts)}`)}\n`);
}

function comparison({ say, ink }: Door, evaluation: Facts): string[] {
  const number = (name: string): string => Number(evaluation[name]).toFixed(1);
  const better = 1 - Number(evaluation.perplexity) / Number(evaluation.basePerplexity);
  return [
    `  ${say('own.perplexity', {
      base: number('basePerplexity'),
      own: number('perplexity'),
      share: `${(100 * better).toFixed(0)} %`,
    })}`,
    ...(better > 0 ? [] : [`  ${ink.bad(say('own.worse'))}`]),
    `  ${say('own.memorised', { share: `${(100 * Number(evaluation.memorised ?? 0)).toFixed(1)} %` })}`,
  ];
}

function sampleLines({ say, ink, columns }: Door, evaluation: Facts): string[] {
  const [first] = (evaluation.passages ?? []) as readonly { readonly before: string; readonly after: string }[];
  if (first === undefined) return [];
  const block = (title: string, text: string): string[] => [
    '',
    `  ${ink.title(title)}`,
    ...text
      .split('\n')
      .flatMap((line) => wrap(line, columns - 4))
      .slice(0, 6)
      .map((line) => `  ${line}`),
  ];
  return [...block(say('own.before'), first.before), ...block(say('own.after'), first.after)];
}

function withoutPage({ page: _, ...facts }: Facts): Facts {
  return facts;
}

/** `--name` is asked for before any work is done. */
export function nameMissing(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-option',
    message: 'The option --name must be given.',
    hint: 'Choose a name for the model: llmagentos train --on my-novels/ --name my-voice',
    zh: { message: '必须给出选项 --name。', hint: '请给模型取名：llmagentos train --on my-novels/ --name my-voice' },
  });
}
