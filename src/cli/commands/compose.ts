/** `compose`: words become a tune with harmony and players. `set-to-music`: a poem is sung. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { languageOf } from '../language.ts';
import { MUSIC_FILE, musicWork } from '../music/music-argument.ts';
import { musicReply } from '../music/music-reply.ts';
import { withWriter, writerOptions } from '../music/tune-model.ts';
import { collectWords, drawSeed, numberIn, oneOf } from '../option-values.ts';
import { readStandardInput } from '../read-poem-argument.ts';
import { getNamedWork } from './works.ts';

/** Options of both commands, named as the ops name them. */
interface ComposeOptions {
  readonly seed?: number;
  readonly model?: string;
  readonly byRule?: boolean;
  readonly [option: string]: unknown;
}

/** Adds both commands. */
export function addCompose(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  writerOptions(
    directed(
      program.command('compose').description(say('compose.summary')).argument('[brief...]', say('compose.brief')),
      door,
    ),
    door,
  )
    .option('--rhythm <rhythm>', say('compose.rhythm'))
    .option('--taps <milliseconds>', say('compose.taps'), readTapTimes)
    .option('--chords <chords>', say('compose.chords'))
    .action((words: string[], options: ComposeOptions) => answer(() => compose(door, words, options)));
  directed(
    program
      .command('set-to-music')
      .description(say('setToMusic.summary'))
      .argument('<poem...>', say('setToMusic.poem')),
    door,
  )
    .option('--interludes <which>', say('setToMusic.interludes'), oneOf('--interludes', ['none', 'opening', 'all']))
    .action((words: string[], options: ComposeOptions) => answer(() => setToMusic(door, words, options)));
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

/** Times between commas or blanks; repeatable. */
function readTapTimes(text: string, before: readonly number[] = []): readonly number[] {
  const read = numberIn('--taps', { min: 0, max: 86_400_000 });
  return [...before, ...collectWords(text, undefined).map(read)];
}

async function compose(
  door: Door,
  words: readonly string[],
  { seed = drawSeed(), ...options }: ComposeOptions,
): Promise<Reply> {
  const given = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  // Who gives a rhythm or chords need not say more.
  const brief = given.trim() === '' ? door.say('compose.anyTune') : given;
  door.speak(languageOf(brief));
  const result = await composeFromBrief(door, brief, { ...options, seed });
  return musicReply(door, result, { table: options.candidates !== undefined });
}

/** Brief ─▶ plan ─▶ music: two jobs of one seed. */
export async function composeFromBrief(
  door: Door,
  brief: string,
  { seed, rhythm, ...options }: ComposeOptions & { seed: number },
) {
  const os = await door.os();
  const { signal } = door.world;
  const piece = typeof rhythm === 'string' ? await pieceOfRhythm(door, rhythm) : undefined;
  const plan = await followJob(
    door,
    os.run({ op: 'plan/read', options: { brief }, seed, signal }),
    door.say('write.reading'),
  );
  const inputs = [...plan.works.map(({ id }) => id), ...(piece === undefined ? [] : [piece])];
  const typed = piece === undefined && rhythm !== undefined ? { rhythm } : {};
  const run = os.run({
    op: 'music/compose',
    inputs,
    options: { ...(await withWriter(door, options)), ...typed },
    seed,
    signal,
  });
  return followJob(door, run, door.say('compose.working'));
}

/** The piece whose rhythm is meant: a file of music, or a work that is kept; undefined for a rhythm that is typed. */
async function pieceOfRhythm(door: Door, rhythm: string): Promise<string | undefined> {
  const os = await door.os();
  const isWork = rhythm === 'last' || (/^[0-9a-f]{4,64}$/.test(rhythm) && (await os.works.find(rhythm)) !== undefined);
  return isWork || MUSIC_FILE.test(rhythm) ? (await musicWork(door, rhythm)).id : undefined;
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
