/** Commands on a piece of music: `harmonise`, `reharmonise`, `continue`, `fill`, `arrange`, `vary`, `interpolate`, `change`, `add-part`, `check-score`, `instruments`. */
import type { Command } from 'commander';
import type { Finding } from '../../studios/music/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { findingLines } from '../music/findings.ts';
import { musicWork } from '../music/music-argument.ts';
import { musicReply } from '../music/music-reply.ts';
import { withWriter, writerOptions } from '../music/tune-model.ts';
import { collectWords, drawSeed, numberIn, oneOf } from '../option-values.ts';
import { indent } from '../verse/poem-sheet.ts';

interface MusicOptions {
  readonly seed?: number;
  readonly [option: string]: unknown;
}

/** Commands that run one op on one piece: name, op, and their own options. */
const ON_A_PIECE: readonly {
  readonly name: 'harmonise' | 'reharmonise' | 'continue' | 'fill' | 'arrange' | 'vary' | 'add-part';
  readonly op: string;
  options(command: Command, door: Door): void;
}[] = [
  {
    name: 'harmonise',
    op: 'music/harmonise',
    options: (command, { say }) => {
      command
        .option('--style <way>', say('harmonise.style'), oneOf('--style', ['lead-sheet', 'four-part', 'pentatonic']))
        .option('--progression <chords>', say('harmonise.progression'))
        .option('--again', say('harmonise.again'))
        .option('-n, --count <n>', say('compose.count'), numberIn('--count', { min: 1, max: 20, whole: true }));
    },
  },
  {
    name: 'reharmonise',
    op: 'music/reharmonise',
    options: (command, { say }) => {
      command
        .option('--amount <share>', say('vary.amount'), numberIn('--amount', { min: 0, max: 1 }))
        .option('--colour <colour>', say('reharmonise.colour'), oneOf('--colour', ['plain', 'normal', 'rich']))
        .option('--style <way>', say('harmonise.style'), oneOf('--style', ['lead-sheet', 'four-part', 'pentatonic']))
        .option('-n, --count <n>', say('compose.count'), numberIn('--count', { min: 1, max: 20, whole: true }));
    },
  },
  {
    name: 'continue',
    op: 'music/continue',
    options: (command, door) => {
      writerOptions(command, door).option(
        '--bars <n>',
        door.say('compose.bars'),
        numberIn('--bars', { min: 1, max: 128, whole: true }),
      );
    },
  },
  {
    name: 'fill',
    op: 'music/fill',
    options: (command, door) => {
      writerOptions(command, door)
        .requiredOption('--bars <range>', door.say('fill.bars'))
        .option('--part <name>', door.say('fill.part'));
    },
  },
  {
    name: 'arrange',
    op: 'music/arrange',
    options: (command, { say }) => {
      command
        .option('--ensemble <name>', say('compose.ensemble'))
        .option('--instruments <names>', say('compose.instruments'), collectWords);
    },
  },
  {
    name: 'vary',
    op: 'music/vary',
    options: (command, { say }) => {
      command
        .option(
          '--kind <kind>',
          say('vary.kind'),
          oneOf('--kind', ['ornament', 'simplify', 'rhythm', 'echo', 'develop']),
        )
        .option('--amount <share>', say('vary.amount'), numberIn('--amount', { min: 0, max: 1 }));
    },
  },
  {
    name: 'add-part',
    op: 'music/write-part',
    options: (command, door) => {
      const { say } = door;
      writerOptions(command, door)
        .requiredOption(
          '--role <role>',
          say('addPart.role'),
          oneOf('--role', ['bass', 'drums', 'counter', 'inner', 'figure', 'pad', 'double']),
        )
        .option('--instrument <name>', say('addPart.instrument'))
        .option('--figure <figure>', say('addPart.figure'));
    },
  },
];

const LANGUAGED: readonly string[] = ['arrange', 'add-part'];
/** Commands that a tune model may carry out. */
const WRITING: readonly string[] = ['continue', 'fill', 'add-part'];

/** Adds the commands. */
export function addMusic(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  for (const { name, op, options } of ON_A_PIECE) {
    const command = program
      .command(name)
      .description(say(`${name}.summary` as 'harmonise.summary'))
      .argument('<piece>', say('music.piece'));
    options(command, door);
    command
      .option('-s, --seed <n>', say('compose.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
      .action((piece: string, { seed = drawSeed(), ...given }: MusicOptions) =>
        answer(() =>
          onPiece(door, piece, {
            op,
            seed,
            options: LANGUAGED.includes(name) ? { ...given, language: door.language } : given,
            writes: WRITING.includes(name),
          }),
        ),
      );
  }
  addChange(program, door, answer);
  program
    .command('interpolate')
    .description(say('interpolate.summary'))
    .argument('<from>', say('music.piece'))
    .argument('<to>', say('music.piece'))
    .option('--steps <n>', say('interpolate.steps'), numberIn('--steps', { min: 1, max: 9, whole: true }))
    .option('-s, --seed <n>', say('compose.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((from: string, to: string, options: MusicOptions) => answer(() => interpolate(door, [from, to], options)));
  program
    .command('check-score')
    .description(say('checkScore.summary'))
    .argument('<piece>', say('music.piece'))
    .option('--only <rules>', say('checkScore.only'), collectWords)
    .option('--strict', say('checkScore.strict'))
    .action((piece: string, options: { only?: string[]; strict?: boolean }) =>
      answer(() => checkScore(door, piece, options)),
    );
  program
    .command('instruments')
    .description(say('instruments.summary'))
    .action(() => answer(() => listInstruments(door)));
}

function addChange(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('change')
    .description(say('change.summary'))
    .argument('<piece>', say('music.piece'))
    .option(
      '--transpose <semitones>',
      say('change.transpose'),
      numberIn('--transpose', { min: -48, max: 48, whole: true }),
    )
    .option('--to <key>', say('change.to'))
    .option('--mode <mode>', say('change.mode'))
    .option('--invert', say('change.invert'))
    .option('--reverse', say('change.reverse'))
    .option('--augment <factor>', say('change.augment'), numberIn('--augment', { min: 1, max: 8, whole: true }))
    .option('--diminish <factor>', say('change.diminish'), numberIn('--diminish', { min: 1, max: 8, whole: true }))
    .action((piece: string, options: ChangeOptions) => answer(() => change(door, piece, options)));
}

interface ChangeOptions {
  readonly transpose?: number;
  readonly to?: string;
  readonly mode?: string;
  readonly invert?: boolean;
  readonly reverse?: boolean;
  readonly augment?: number;
  readonly diminish?: number;
}

/** The ops that options ask for, in the order in which they are done. */
function stepsOf({
  transpose,
  to,
  mode,
  invert,
  reverse,
  augment,
  diminish,
}: ChangeOptions): { op: string; options: object }[] {
  return [
    ...(mode ? [{ op: 'music/change-mode', options: { mode } }] : []),
    ...(invert ? [{ op: 'music/invert', options: {} }] : []),
    ...(reverse ? [{ op: 'music/reverse', options: {} }] : []),
    ...(augment ? [{ op: 'music/stretch', options: { by: [augment, 1] } }] : []),
    ...(diminish ? [{ op: 'music/stretch', options: { by: [1, diminish] } }] : []),
    ...(transpose !== undefined || to
      ? [{ op: 'music/transpose', options: { ...(to ? { to } : { semitones: transpose }) } }]
      : []),
  ];
}

async function change(door: Door, piece: string, options: ChangeOptions): Promise<Reply> {
  const steps = stepsOf(options);
  const os = await door.os();
  let { id } = await musicWork(door, piece);
  let last: Awaited<ReturnType<typeof followJob>> | undefined;
  for (const step of steps.length > 0 ? steps : [{ op: 'music/transpose', options: {} }]) {
    last = await followJob(
      door,
      os.run({ ...step, inputs: [id], seed: 0, signal: door.world.signal }),
      door.say('compose.working'),
    );
    id = last.works[0]!.id;
  }
  return musicReply(door, last!);
}

async function onPiece(
  door: Door,
  piece: string,
  { op, seed, options, writes }: { op: string; seed: number; options: object; writes: boolean },
): Promise<Reply> {
  const os = await door.os();
  const work = await musicWork(door, piece);
  const given = writes ? await withWriter(door, options) : options;
  const run = os.run({ op, inputs: [work.id], options: given, seed, signal: door.world.signal });
  return musicReply(door, await followJob(door, run, door.say('compose.working')), { table: 'candidates' in options });
}

async function interpolate(
  door: Door,
  [from, to]: readonly [string, string],
  { seed = drawSeed(), ...options }: MusicOptions,
): Promise<Reply> {
  const os = await door.os();
  // The newest piece is told before another file is brought and becomes the newest.
  const inputs = [(await musicWork(door, from)).id, (await musicWork(door, to)).id];
  const run = os.run({ op: 'music/interpolate', inputs, options, seed, signal: door.world.signal });
  return musicReply(door, await followJob(door, run, door.say('compose.working')));
}

async function checkScore(
  door: Door,
  piece: string,
  { only, strict }: { only?: string[]; strict?: boolean },
): Promise<Reply> {
  const os = await door.os();
  const work = await musicWork(door, piece);
  const options = { ...(only && { only }), ...(strict && { style: 'strict' }) };
  const run = os.run({ op: 'music/check', inputs: [work.id], options, seed: 0, signal: door.world.signal });
  const { findings } = (await followJob(door, run, door.say('checkScore.working'))).report as unknown as {
    findings: Finding[];
  };
  const faults = findings.some(({ severity }) => severity === 'fault');
  return {
    json: { check: { work: work.id, findings } },
    lines: ['', ...indent(findingLines(findings, door)), ''],
    exitCode: faults ? 1 : 0,
  };
}

async function listInstruments(door: Door): Promise<Reply> {
  const { ENSEMBLES, INSTRUMENTS } = await import('../../studios/music/index.ts');
  const { language, ink, say } = door;
  const rows = INSTRUMENTS.map(
    ({ id, names, range }) => `${ink.accent(id.padEnd(20))} ${names[language]}  ${ink.quiet(range.join('–'))}`,
  );
  const groups = ENSEMBLES.map(({ id, names, seats }) => {
    const players = seats.map(({ instrument }) => INSTRUMENTS.find((each) => each.id === instrument)!.names[language]);
    return `${ink.accent(id.padEnd(20))} ${names[language]}  ${ink.quiet(players.join(language === 'zh' ? '、' : ', '))}`;
  });
  return {
    json: { instruments: INSTRUMENTS, ensembles: ENSEMBLES },
    lines: [
      '',
      ...indent([ink.title(say('instruments.title')), ...rows, '', ink.title(say('instruments.ensembles')), ...groups]),
      '',
    ],
  };
}
