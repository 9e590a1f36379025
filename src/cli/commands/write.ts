/** `write`, the main job: a sentence becomes a plan, the plan becomes poems, and the best of them is sung. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import { planSchema } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { pictureSheet } from '../image/picture-sheet.ts';
import { languageOf } from '../language.ts';
import { musicReply } from '../music/music-reply.ts';
import { musicSheet } from '../music/music-sheet.ts';
import { withWriter } from '../music/tune-model.ts';
import { nearWords } from '../near-words.ts';
import { collectWords, drawSeed, numberIn, oneOf } from '../option-values.ts';
import { proseReply } from '../prose/prose-reply.ts';
import { publicWorks } from '../public-json.ts';
import { readStandardInput } from '../read-poem-argument.ts';
import { indent } from '../verse/poem-sheet.ts';
import { poemsReply } from '../verse/poems-reply.ts';
import { welcomeLines } from '../welcome.ts';
import { COMMAND_NAMES } from './names.ts';

/** The options of the command as commander gives them; those of the op keep its names. */
interface WriteOptions {
  readonly seed?: number;
  readonly explain?: boolean;
  readonly continueFrom?: string;
  readonly length?: number;
  /** False with --no-music. */
  readonly music?: boolean;
  /** False with --no-picture. */
  readonly picture?: boolean;
  readonly model?: string;
  readonly [option: string]: unknown;
}

/** Adds the command; it is also what a bare sentence runs. */
export function addWrite(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const command = program.command('write', { isDefault: true }).summary(say('write.summary'));
  command
    .description(say('write.summary'))
    .argument('[brief...]', say('write.brief'))
    .optionsGroup(say('write.group.poem'))
    .option('-f, --form <form>', say('write.form'))
    .option('--rhyme-book <book>', say('write.rhymeBook'))
    .option('--rhyme <group>', say('write.rhyme'))
    .option('-n, --count <n>', say('write.count'), numberIn('--count', { min: 1, max: 20, whole: true }))
    .option('-s, --seed <n>', say('write.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('--title <title>', say('write.title'))
    .option('--acrostic <characters>', say('write.acrostic'))
    .option('--first-line <line>', say('write.firstLine'))
    .option('--continue-from <lines>', say('write.continueFrom'))
    .option('--rhyme-word <character>', say('write.rhymeWord'))
    .option('--require <words>', say('write.require'), collectWords)
    .option('--ban <words>', say('write.ban'), collectWords)
    .optionsGroup(say('write.group.way'))
    .option('--candidates <n>', say('write.candidates'), numberIn('--candidates', { min: 1, max: 64, whole: true }))
    .option('--decode <way>', say('write.decode'), oneOf('--decode', ['mixed', 'sample', 'beam', 'greedy']))
    .option('--temperature <t>', say('write.temperature'), numberIn('--temperature', { min: 0, max: 2 }))
    .option('--top-k <k>', say('write.topK'), numberIn('--top-k', { min: 0, max: 100_000, whole: true }))
    .option('--top-p <p>', say('write.topP'), numberIn('--top-p', { min: 0.001, max: 1 }))
    .option('--min-p <p>', say('write.minP'), numberIn('--min-p', { min: 0, max: 1 }))
    .option('--typical-p <p>', say('write.typicalP'), numberIn('--typical-p', { min: 0.001, max: 1 }))
    .option(
      '--repetition-penalty <r>',
      say('write.repetitionPenalty'),
      numberIn('--repetition-penalty', { min: 1, max: 2 }),
    )
    .option('--guidance <g>', say('write.guidance'), numberIn('--guidance', { min: 0, max: 3 }))
    .option('--model <name>', say('write.model'))
    .option('--length <n>', say('write.length'), numberIn('--length', { min: 20, max: 20_000, whole: true }))
    .option('--allow-copies', say('write.allowCopies'))
    .option('--no-music', say('write.noMusic'))
    .option('--no-picture', say('write.noPicture'))
    .option('--explain', say('write.explain'))
    .action((words: string[], options: WriteOptions) => {
      const named = program.args[0] === 'write';
      answer(() => (words.length === 0 && !named ? welcome(door) : write(door, words, options, named)));
    });
}

async function welcome(door: Door): Promise<Reply> {
  return { json: { works: [] }, lines: welcomeLines(door) };
}

async function write(door: Door, words: readonly string[], options: WriteOptions, named: boolean): Promise<Reply> {
  const started = performance.now();
  if (!named && words.length === 1) refuseMistypedCommand(words[0]!);
  const brief = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  if (brief.trim() === '') throw emptyBrief();
  door.speak(languageOf(brief));
  const os = await door.os();
  const { signal } = door.world;
  const { say } = door;
  // One seed for plan and poem.
  const seed = options.seed ?? drawSeed();
  if (await writesProse(os, options.model)) return writeOn(door, brief, { ...options, seed }, started);
  const planned = await followJob(
    door,
    os.run({ op: 'plan/read', options: { brief }, seed, signal }),
    say('write.reading'),
  );
  const plan = planned.works[0]!;
  const { music, scene } = planSchema.parse((await os.load(plan.id)).document);
  if (music?.asked) return tune(door, plan.id, seed);
  if (scene?.asked) return paint(door, plan.id, seed);
  const run = os.run({
    op: 'verse/compose',
    inputs: [plan.id],
    options: composeOptions(options),
    seed,
    signal,
  });
  const result = await followJob(door, run, say('write.writing'));
  const poems = await poemsReply(door, {
    result,
    seconds: (performance.now() - started) / 1000,
    explain: options.explain === true,
  });
  const [best] = result.works;
  if (best === undefined) return poems;
  const made = { poem: best.id, plan: plan.id, seed };
  const sung = options.music === false ? poems : await sing(door, poems, made);
  return options.picture === false ? sung : illustrate(door, sung, made);
}

/** Plan ─▶ music, by the tune model where it is installed, else by rule. */
async function tune(door: Door, plan: string, seed: number): Promise<Reply> {
  const os = await door.os();
  const options = await withWriter(door, {});
  const run = os.run({ op: 'music/compose', inputs: [plan], options, seed, signal: door.world.signal });
  return musicReply(door, await followJob(door, run, door.say('compose.working')));
}

/** The poem and its music: the song stands under the poem. */
async function sing(
  door: Door,
  poems: Reply,
  { poem, plan, seed }: { poem: string; plan: string; seed: number },
): Promise<Reply> {
  const os = await door.os();
  const run = os.run({ op: 'music/set-words', inputs: [poem, plan], seed, signal: door.world.signal });
  const { works } = await followJob(door, run, door.say('compose.working'));
  const song = await os.load(works[0]!.id);
  const hint = door.say('music.hear', { id: song.work.id.slice(0, 8) });
  return {
    json: { ...poems.json, music: await publicWorks([song]) },
    lines: [...poems.lines, ...(await musicSheet(song, door)), '', ...indent([door.ink.quiet(hint)]), ''],
  };
}

/** Plan ─▶ picture. */
async function paint(door: Door, plan: string, seed: number): Promise<Reply> {
  const os = await door.os();
  const run = os.run({ op: 'image/paint', inputs: [plan], seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('paint.working')));
}

/** The poem and its picture: the poem is read for what it shows, and written on it where there is room. */
async function illustrate(
  door: Door,
  before: Reply,
  { poem, plan, seed }: { poem: string; plan: string; seed: number },
): Promise<Reply> {
  const os = await door.os();
  const { signal } = door.world;
  const seen = await followJob(
    door,
    os.run({ op: 'plan/see-poem', inputs: [plan, poem], seed, signal }),
    door.say('write.reading'),
  );
  const run = os.run({ op: 'image/paint', inputs: [seen.works[0]!.id, poem], seed, signal });
  const { works } = await followJob(door, run, door.say('paint.working'));
  const picture = await os.load(works[0]!.id);
  const hint = door.say('paint.see', { id: picture.work.id.slice(0, 8) });
  return {
    json: { ...before.json, picture: await publicWorks([picture]) },
    lines: [...before.lines, ...(await pictureSheet(picture, door)), '', ...indent([door.ink.quiet(hint)]), ''],
  };
}

/** Whether a model goes on with prose instead of composing verse: its card says so. */
async function writesProse(os: Os, model: string | undefined): Promise<boolean> {
  return model !== undefined && (await os.models.find(model))?.card.writes === 'prose';
}

/** Prose: the words given are how the passage begins. */
async function writeOn(door: Door, opening: string, options: WriteOptions, started: number): Promise<Reply> {
  const { seed, ...given } = Object.fromEntries(
    PROSE_OPTIONS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const os = await door.os();
  const run = os.run({
    op: 'prose/write',
    options: { ...given, opening },
    seed: seed as number,
    signal: door.world.signal,
  });
  const result = await followJob(door, run, door.say('write.writing'));
  return proseReply(door, result, (performance.now() - started) / 1000);
}

const PROSE_OPTIONS = [
  'seed',
  'model',
  'title',
  'length',
  'count',
  'candidates',
  'temperature',
  'topK',
  'topP',
  'minP',
  'typicalP',
  'repetitionPenalty',
] as const;

/** Options of the command ─▶ options of the op: those that are not the op's are left out, lines are separated. */
function composeOptions({ seed, explain, continueFrom, length, music, picture, ...rest }: WriteOptions): object {
  return {
    ...rest,
    ...(continueFrom === undefined ? {} : { continueFrom: collectWords(continueFrom.replace(/[。！？\n]/g, ','), []) }),
  };
}

/** A lone Latin word one change away from a command is a slip of the fingers, not a brief. */
function refuseMistypedCommand(word: string): void {
  const near = /^[a-z-]+$/i.test(word)
    ? nearWords(word.toLowerCase(), COMMAND_NAMES, word.length > 3 ? 1 : 0)[0]
    : undefined;
  if (near === undefined) return;
  throw new OsError({
    kind: 'input',
    code: 'cli/unknown-command',
    message: `There is no command “${word}”.`,
    hint: `Did you mean ${near}? To write about “${word}”: llmagentos write ${word}`,
    zh: { message: `没有命令“${word}”。`, hint: `是不是 ${near}？若要以“${word}”为题：llmagentos write ${word}` },
  });
}

function emptyBrief(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/empty-brief',
    message: 'The brief is empty.',
    hint: 'Say in one sentence what you would like: llmagentos "写一首关于星空的诗"',
    zh: { message: '没有说要写什么。', hint: '请用一句话说出你想要的：llmagentos "写一首关于星空的诗"' },
  });
}
