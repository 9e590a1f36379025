/** `write`, the main job: a sentence becomes a plan, the plan becomes poems, and the best of them is sung. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import { createTogether, type Os, type Role } from '../../host/index.ts';
import type { JobResult } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { pictureSheet } from '../image/picture-sheet.ts';
import { languageOf } from '../language.ts';
import { musicReply } from '../music/music-reply.ts';
import { musicSheet } from '../music/music-sheet.ts';
import { nearWords } from '../near-words.ts';
import { collectWords, drawSeed, numberIn, oneOf } from '../option-values.ts';
import { proseReply } from '../prose/prose-reply.ts';
import { publicWorks } from '../public-json.ts';
import { readStandardInput } from '../read-poem-argument.ts';
import { indent } from '../verse/poem-sheet.ts';
import { poemsReply } from '../verse/poems-reply.ts';
import { welcomeLines } from '../welcome.ts';
import { COMMAND_NAMES } from './names.ts';
import { serveStudio } from './serve.ts';

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
  readonly director?: string;
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
    .option('--director <name>', say('write.director'))
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

/** Nothing said: in a terminal the studio opens; a program, or a pipe, is told what could be said. */
async function welcome(door: Door): Promise<Reply> {
  if (!door.json && door.world.stdout.isTTY && door.world.stdin.isTTY) return serveStudio(door);
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
  const unwanted = [options.music === false && ('tune' as const), options.picture === false && ('picture' as const)];
  const without = unwanted.filter((art) => art !== false);
  const wish = { brief, poem: composeOptions(options), director: options.director };
  const made = new Map<Role, JobResult>();
  let seconds = 0;
  for await (const { role, run } of createTogether(os, wish, { seed, signal, without })) {
    made.set(role, await followJob(door, run, say(DOING[role])));
    if (role === 'poem') seconds = (performance.now() - started) / 1000;
  }
  const { poem, tune, picture } = Object.fromEntries(made) as Partial<Record<Role, JobResult>>;
  if (!poem) return tune ? musicReply(door, tune) : pictureReply(door, picture!);
  const poems = await poemsReply(door, { result: poem, seconds, explain: options.explain === true });
  const sung = tune ? await withSong(door, poems, tune) : poems;
  return picture ? withPicture(door, sung, picture) : sung;
}

/** What the terminal says while the works of a role are made. */
const DOING = {
  plan: 'write.reading',
  poem: 'write.writing',
  tune: 'compose.working',
  scene: 'write.reading',
  picture: 'paint.working',
} as const satisfies Record<Role, string>;

/** The song stands under its poem. */
async function withSong(door: Door, poems: Reply, { works }: JobResult): Promise<Reply> {
  const os = await door.os();
  const song = await os.load(works[0]!.id);
  const hint = door.say('music.hear', { id: song.work.id.slice(0, 8) });
  return {
    json: { ...poems.json, music: await publicWorks([song]) },
    lines: [...poems.lines, ...(await musicSheet(song, door)), '', ...indent([door.ink.quiet(hint)]), ''],
  };
}

/** The picture stands last. */
async function withPicture(door: Door, before: Reply, { works }: JobResult): Promise<Reply> {
  const os = await door.os();
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
function composeOptions({
  seed,
  explain,
  continueFrom,
  length,
  music,
  picture,
  ...rest
}: WriteOptions): Record<string, unknown> {
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
