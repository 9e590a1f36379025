/** `train`: a recipe and prepared data become a model folder, with a line of progress. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { TrainingEvent, TrainingOptions, TrainingResult } from '../../training/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { numberIn } from '../option-values.ts';
import { spinner } from '../terminal/live.ts';
import { progressBar, sayDuration } from '../terminal/progress.ts';
import { fit } from '../terminal/width.ts';

interface TrainOptions {
  readonly data?: string;
  readonly output?: string;
  readonly steps?: number;
  readonly threads?: number;
  readonly initFrom?: string;
}

/** Adds the command. */
export function addTrain(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('train')
    .description(say('train.summary'))
    .argument('<recipe>', say('train.recipe'))
    .option('-d, --data <folder>', say('train.data'))
    .option('-o, --output <folder>', say('train.output'))
    .option('--steps <n>', say('train.steps'), numberIn('--steps', { min: 1, max: 10_000_000, whole: true }))
    .option('--threads <n>', say('train.threads'), numberIn('--threads', { min: 1, max: 256, whole: true }))
    .option('--init-from <folder>', say('train.initFrom'))
    .action((recipe: string, options: TrainOptions) => answer(() => train(door, recipe, options)));
}

async function train(door: Door, recipePath: string, options: TrainOptions): Promise<Reply> {
  const { say, ink, world } = door;
  const [{ TRAINING_OPTIONS, trainInChild }, { readRecipe }] = await Promise.all([
    import('../../training/index.ts'),
    import('../recipe.ts'),
  ]);
  const recipe = readRecipe(recipePath, Object.keys(TRAINING_OPTIONS.shape));
  const { data, output, ...given } = options;
  if (data === undefined) throw missing('--data', 'out/data');
  if (output === undefined) throw missing('--output', 'out/verse-zh');
  if (given.steps === undefined && recipe.options.steps === undefined) throw missing('--steps', '2000');
  const started = performance.now();
  const training = { ...recipe.options, ...given, dataset: resolve(data), out: resolve(output) };
  const result = await trainInChild(training as unknown as TrainingOptions, {
    signal: world.signal,
    onEvent: showTraining(door),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  return {
    json: { training: { ...result, seconds, passedOver: recipe.passedOver } },
    lines: [
      `${ink.good('✓')} ${say('train.done', { folder: result.model })}`,
      ink.quiet(`  ${summary(result, door)} · ${sayDuration(seconds, say)}`),
      ink.quiet(`  ${result.plot}`),
      ...(recipe.passedOver.length === 0
        ? []
        : [ink.quiet(`  ${say('train.passedOver', { names: recipe.passedOver.join(', ') })}`)]),
    ],
  };
}

function summary({ steps, loss, validation }: TrainingResult, { say }: Door): string {
  const parts = [say('train.steps.done', { steps }), say('train.loss', { loss: loss.toFixed(3) })];
  if (validation !== undefined) parts.push(say('train.validation', { perplexity: validation.perplexity.toFixed(2) }));
  return parts.join(' · ');
}

/** Draws one line of progress from the events; without a terminal, a line for each validation goes to standard error. */
function showTraining({ live, say, ink, world, columns }: Door): (event: TrainingEvent) => void {
  let step = '';
  let bar = progressBar(0);
  let validation = '';
  live.follow((frame) => [
    fit(`${spinner(frame)} ${bar}`, columns - 1),
    ...[step, validation].filter((line) => line !== '').map((line) => ink.quiet(fit(`  ${line}`, columns - 1))),
  ]);
  return (event) => {
    if (event.type === 'training-step') {
      const speed = say('train.speed', { tokens: Math.round(event.tokensPerSecond) });
      const left = say('time.left', { time: sayDuration(event.secondsLeft, say) });
      const loss = say('train.loss', { loss: event.loss.toFixed(3) });
      bar = `${progressBar(event.step / event.steps)} ${event.step}/${event.steps}`;
      step = [loss, say('train.rate', { rate: event.learningRate.toExponential(2) }), speed, left].join(' · ');
    }
    if (event.type === 'validation-end') {
      validation = say('train.validated', { step: event.step, perplexity: event.perplexity.toFixed(2) });
      if (!live.visible) world.stderr.write(`${validation}\n`);
    }
  };
}

function missing(option: string, example: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-option',
    message: `The option ${option} must be given.`,
    hint: `For example ${option} ${example}; see docs/recipes.md.`,
    zh: { message: `必须给出选项 ${option}。`, hint: `例如 ${option} ${example}；见 docs/recipes.md。` },
  });
}
