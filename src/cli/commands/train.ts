/** `train`: a recipe and prepared data become a model folder; or, with `--on`, an artist's own work becomes a model. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { TrainingEvent, TrainingResult } from '../../training/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { numberIn, oneOf } from '../option-values.ts';
import { type SourcesRecipe, sourcesOf } from '../own-sources.ts';
import { sayDuration } from '../terminal/progress.ts';
import { createTrainingPage, sayScores } from '../terminal/training-page.ts';
import { trainOnOwn } from '../train-on-own.ts';
import { type OwnWorkOptions, trainOnOwnWork } from '../train-on-own-work.ts';
import { trainOnPreferences } from '../train-on-preferences.ts';

interface RecipeOptions {
  readonly data?: string;
  readonly output?: string;
  readonly steps?: number;
  readonly threads?: number;
  readonly initFrom?: string;
  readonly vae?: string;
}

interface TrainOptions extends RecipeOptions, Omit<OwnWorkOptions, 'from' | 'steps'> {
  readonly on?: string;
  readonly sha256?: string;
  readonly preferences?: string;
  readonly beta?: number;
}

/** Adds the command. */
export function addTrain(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('train')
    .description(say('train.summary'))
    .argument('[recipe]', say('train.recipe'))
    .optionsGroup(say('train.group.own'))
    .option('--on <folder>', say('train.on'))
    .option('--sha256 <digest>', say('train.sha256'))
    .option('--preferences <file>', say('train.preferences'))
    .option('--beta <n>', say('train.beta'), numberIn('--beta', { min: 0.001, max: 10 }))
    .option('--name <name>', say('train.name'))
    .option('--base <model>', say('train.base'))
    .option('--method <way>', say('train.method'), oneOf('--method', ['full', 'lora']))
    .option('--order <order>', say('train.order'), oneOf('--order', ['shuffled', 'shards']))
    .option('--kind <kind>', say('train.kind'), oneOf('--kind', ['music', 'text']))
    .option('--style <style>', say('train.style'))
    .option('--epochs <n>', say('train.epochs'), numberIn('--epochs', { min: 0.01, max: 100 }))
    .option('--script <script>', say('train.script'), oneOf('--script', ['keep', 'simplified', 'traditional']))
    .option('--licence <name>', say('train.licence'))
    .option('--seed <n>', say('train.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('--replace', say('train.replace'))
    .optionsGroup(say('train.group.recipe'))
    .option('-d, --data <folder>', say('train.data'))
    .option('-o, --output <folder>', say('train.output'))
    .option('--threads <n>', say('train.threads'), numberIn('--threads', { min: 1, max: 256, whole: true }))
    .option('--init-from <folder>', say('train.initFrom'))
    .option('--vae <folder>', say('train.vae'))
    .optionsGroup(say('train.group.both'))
    .option('--steps <n>', say('train.steps'), numberIn('--steps', { min: 1, max: 10_000_000, whole: true }))
    .action((recipe: string | undefined, options: TrainOptions) =>
      answer(async () => {
        const { on, sha256, preferences } = options;
        if (preferences !== undefined) return trainOnPreferences(door, { ...options, preferences });
        if (on !== undefined) return trainOnOwn(door, { ...options, from: await sourcesOf(on, sha256) });
        if (recipe === undefined) throw missing('--on', 'my-novels/ --name my-voice');
        const { findSources } = await import('../recipe.ts');
        const named = findSources(recipe);
        return named === undefined ? train(door, recipe, options) : trainOnSources(door, named, options);
      }),
    );
}

/** A recipe that names repositories: their texts are collected, and a base goes on learning from them. */
function trainOnSources(door: Door, { sources, ...told }: SourcesRecipe, options: TrainOptions): Promise<Reply> {
  const given = Object.fromEntries(Object.entries({ ...told, ...options }).filter(([, value]) => value !== undefined));
  return trainOnOwnWork(door, { ...given, from: { sources } });
}

async function train(door: Door, recipePath: string, options: RecipeOptions): Promise<Reply> {
  const { say, ink, world } = door;
  const { trainInChild } = await import('../../training/index.ts');
  const started = performance.now();
  const { recipe, passedOver } = await settle(recipePath, options);
  const result = await trainInChild(recipe, {
    signal: world.signal,
    onEvent: showTraining(door),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  return {
    json: { training: { ...result, seconds, passedOver } },
    lines: [
      `${ink.good('✓')} ${say('train.done', { folder: result.model })}`,
      ink.quiet(`  ${summary(result, door)} · ${sayDuration(seconds, say)}`),
      ink.quiet(`  ${result.plot}`),
      ...(passedOver.length === 0 ? [] : [ink.quiet(`  ${say('train.passedOver', { names: passedOver.join(', ') })}`)]),
    ],
  };
}

/** Recipe and options of the command as one: what the engine is told. */
async function settle(path: string, options: RecipeOptions) {
  const [{ TRAINING_OPTIONS }, { findCourse, readRecipe }] = await Promise.all([
    import('../../training/index.ts'),
    import('../recipe.ts'),
  ]);
  const { data, output, steps, threads, initFrom, vae } = options;
  if (data === undefined) throw missing('--data', 'out/data');
  if (output === undefined) throw missing('--output', 'out/verse-zh');
  const given = Object.fromEntries(
    Object.entries({ steps, threads, initFrom }).filter(([, value]) => value !== undefined),
  );
  const course = findCourse(path, resolve(data), vae === undefined ? undefined : resolve(vae));
  if (course) return { recipe: { ...course, ...given, out: resolve(output) }, passedOver: [] };
  const recipe = readRecipe(path, Object.keys(TRAINING_OPTIONS.shape));
  if (steps === undefined && recipe.options.steps === undefined) throw missing('--steps', '2000');
  const training = { ...recipe.options, ...given, dataset: resolve(data), out: resolve(output) };
  return { recipe: training, passedOver: recipe.passedOver };
}

function summary({ steps, loss, validation }: TrainingResult, { say }: Door): string {
  const parts = [say('train.steps.done', { steps }), say('train.loss', { loss: loss.toFixed(3) })];
  if (validation !== undefined) parts.push(say('train.held', { scores: sayScores(validation), step: steps }));
  return parts.join(' · ');
}

/** Draws the page of the run; without a terminal, a line for each validation goes to standard error. */
function showTraining(door: Door): (event: TrainingEvent) => void {
  const page = createTrainingPage(door);
  door.live.follow(page.lines);
  return (event) => {
    if (event.type === 'training-step') page.note(event);
    if (event.type === 'validation-end') {
      page.note({ held: event });
      if (door.live.visible) return;
      door.world.stderr.write(`${door.say('train.held', { scores: sayScores(event.scores), step: event.step })}\n`);
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
