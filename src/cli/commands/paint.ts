/** `paint`: words become a picture in layers. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { paintFromSketch } from '../image/paint-sketch.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn, pixelSize } from '../option-values.ts';
import { readStandardInput } from '../read-poem-argument.ts';

interface PaintOptions {
  /** Painted from a sketch instead of words. */
  readonly fromSketch?: string;
  readonly detail?: number;
  readonly longest?: number;
  readonly painter?: string;
  readonly size?: readonly [number, number];
  readonly count?: number;
  readonly seal?: string;
  readonly seed?: number;
  readonly out?: string;
}

/** Adds the command. */
export function addPaint(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('paint')
    .description(say('paint.summary'))
    .argument('[brief...]', say('paint.brief'))
    .option('--from-sketch <picture>', say('paint.fromSketch'))
    .option('--detail <0-1>', say('paint.detail'), numberIn('--detail', { min: 0, max: 1 }))
    .option('--longest <pixels>', say('paint.longest'), numberIn('--longest', { min: 64, max: 2048, whole: true }))
    .option('--painter <name>', say('paint.painter'))
    .option('--size <WxH>', say('paint.size'), pixelSize('--size'))
    .option('-n, --count <n>', say('paint.count'), numberIn('--count', { min: 1, max: 12, whole: true }))
    .option('--seal <text>', say('paint.seal'))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((words: string[], options: PaintOptions) => answer(() => paint(door, words, options)));
}

async function paint(door: Door, words: readonly string[], options: PaintOptions): Promise<Reply> {
  const brief = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  if (brief !== '') door.speak(languageOf(brief));
  const { seed = drawSeed(), fromSketch, detail, longest, ...wishes } = options;
  if (fromSketch !== undefined) return paintFromSketch(door, fromSketch, seed, { detail, longest });
  if (brief.trim() === '') throw nothingToPaint();
  const os = await door.os();
  const { signal } = door.world;
  const plan = await followJob(
    door,
    os.run({ op: 'plan/read', options: { brief, picture: true }, seed, signal }),
    door.say('write.reading'),
  );
  const inputs = plan.works.map(({ id }) => id);
  const run = os.run({ op: 'image/paint', inputs, options: wishes, seed, signal });
  return pictureReply(door, await followJob(door, run, door.say('paint.working')));
}

function nothingToPaint(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-argument',
    message: 'Neither words nor a sketch were given.',
    hint: 'Say what the picture shows, or give --from-sketch FILE.',
    zh: { message: '既没有文字，也没有草图。', hint: '请说出画什么，或给出 --from-sketch 文件。' },
  });
}
