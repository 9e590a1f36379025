/** `compose`: words become a tune with harmony and players. `set-to-music`: a poem is sung. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { languageOf } from '../language.ts';
import { musicReply } from '../music/music-reply.ts';
import { collectWords, drawSeed, numberIn } from '../option-values.ts';
import { readStandardInput } from '../read-poem-argument.ts';
import { getNamedWork } from './works.ts';

/** Options of both commands, named as the ops name them. */
interface ComposeOptions {
  readonly seed?: number;
  readonly model?: string;
  readonly [option: string]: unknown;
}

/** The model that composes when it is there. */
const TUNES = 'tunes';

/** Adds both commands. */
export function addCompose(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  directed(
    program.command('compose').description(say('compose.summary')).argument('<brief...>', say('compose.brief')),
    door,
  )
    .option('-n, --count <n>', say('compose.count'), numberIn('--count', { min: 1, max: 20, whole: true }))
    .option('--candidates <n>', say('compose.candidates'), numberIn('--candidates', { min: 1, max: 64, whole: true }))
    .option('--model <name>', say('compose.model'))
    .action((words: string[], options: ComposeOptions) => answer(() => compose(door, words, options)));
  directed(
    program
      .command('set-to-music')
      .description(say('setToMusic.summary'))
      .argument('<poem...>', say('setToMusic.poem')),
    door,
  ).action((words: string[], options: ComposeOptions) => answer(() => setToMusic(door, words, options)));
}

function directed(command: Command, { say }: Door): Command {
  return command
    .option('--style <style>', say('compose.style'))
    .option('--key <key>', say('compose.key'))
    .option('--metre <metre>', say('compose.metre'))
    .option('--tempo <bpm>', say('compose.tempo'), numberIn('--tempo', { min: 20, max: 300 }))
    .option('--bars <n>', say('compose.bars'), numberIn('--bars', { min: 1, max: 256, whole: true }))
    .option('--form <form>', say('compose.form'))
    .option('--instruments <names>', say('compose.instruments'), collectWords)
    .option('--ensemble <name>', say('compose.ensemble'))
    .option('--title <title>', say('write.title'))
    .option('-s, --seed <n>', say('compose.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }));
}

async function compose(
  door: Door,
  words: readonly string[],
  { seed = drawSeed(), ...options }: ComposeOptions,
): Promise<Reply> {
  const brief = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  door.speak(languageOf(brief));
  return musicReply(door, await composeFromBrief(door, brief, { ...options, seed }));
}

/** Brief ─▶ plan ─▶ music: two jobs of one seed. */
export async function composeFromBrief(
  door: Door,
  brief: string,
  { seed, ...options }: ComposeOptions & { seed: number },
) {
  const os = await door.os();
  const { signal } = door.world;
  const plan = await followJob(
    door,
    os.run({ op: 'plan/read', options: { brief }, seed, signal }),
    door.say('write.reading'),
  );
  const model = options.model ?? ((await os.models.find(TUNES)) ? TUNES : undefined);
  const inputs = plan.works.map(({ id }) => id);
  const run = os.run({ op: 'music/compose', inputs, options: { ...options, ...(model && { model }) }, seed, signal });
  return followJob(door, run, door.say('compose.working'));
}

async function setToMusic(
  door: Door,
  words: readonly string[],
  { seed = drawSeed(), ...options }: ComposeOptions,
): Promise<Reply> {
  const os = await door.os();
  const { signal } = door.world;
  const text = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  const isWork =
    words.length === 1 &&
    (text === 'last' || (/^[0-9a-f]{4,16}$/.test(text) && (await os.works.find(text)) !== undefined));
  const inputs = isWork ? [(await getNamedWork(door, text)).id] : [];
  if (!isWork) door.speak(languageOf(text));
  const run = os.run({
    op: 'music/set-words',
    inputs,
    options: { ...options, ...(isWork ? {} : { text }) },
    seed,
    signal,
  });
  return musicReply(door, await followJob(door, run, door.say('compose.working')));
}
