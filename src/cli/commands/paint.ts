/** `paint`: words become a picture in layers. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { checkTargets, exportPictures } from '../image/export-pictures.ts';
import { paintAgain } from '../image/paint-again.ts';
import { begunFrom, paintsFromWords } from '../image/paint-by-engine.ts';
import { paintBatch, paintGrid } from '../image/paint-grid.ts';
import { paintByName, paintFromSketch, QUICK } from '../image/paint-sketch.ts';
import { paintVariations } from '../image/paint-vary.ts';
import { notesOf } from '../image/paint-words.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { rankByEye } from '../image/rank-by-eye.ts';
import { readWildcards } from '../image/wildcards.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn, pixelSize } from '../option-values.ts';
import { readPoemArgument, readStandardInput } from '../read-poem-argument.ts';
import { indent } from '../verse/poem-sheet.ts';
import { seenLines } from './look.ts';

interface PaintOptions {
  /** Painted from a sketch instead of words. */
  readonly fromSketch?: string;
  readonly detail?: number;
  readonly model?: string;
  readonly longest?: number;
  readonly painter?: string;
  readonly size?: readonly [number, number];
  readonly count?: number;
  readonly seal?: string;
  readonly seed?: number;
  readonly negative?: string;
  readonly no?: string;
  readonly wildcards?: string;
  readonly grid?: string;
  readonly batch?: string;
  readonly again?: string;
  readonly vary?: string;
  readonly strength?: number;
  readonly mask?: string;
  readonly steps?: number;
  readonly guidance?: number;
  readonly sampler?: string;
  readonly out?: string;
  readonly force?: boolean;
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
    .option('--model <name>', say('paint.model'))
    .option('--painter <name>', say('paint.painter'))
    .option('--size <WxH>', say('paint.size'), pixelSize('--size'))
    .option('-n, --count <n>', say('paint.count'), numberIn('--count', { min: 1, max: 12, whole: true }))
    .option('--seal <text>', say('paint.seal'))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: -1, max: 2 ** 53 - 1, whole: true }))
    .option('--negative <words>', say('paint.negative'))
    .option('--no <words>', say('paint.no'))
    .option('--wildcards <folder>', say('paint.wildcards'))
    .option('--grid <axes>', say('paint.grid'))
    .option('--batch <file>', say('paint.batch'))
    .option('--again <file>', say('paint.again'))
    .option('--vary <work>', say('paint.vary'))
    .option('--mask <picture>', say('paint.mask'))
    .option('--steps <n>', say('paint.steps'), numberIn('--steps', { min: 1, max: 500, whole: true }))
    .option('--guidance <n>', say('paint.guidance'), numberIn('--guidance', { min: 0, max: 50 }))
    .option('--sampler <name>', say('paint.sampler'))
    .option('--strength <0-1>', say('paint.strength'), numberIn('--strength', { min: 0, max: 1 }))
    .option('-o, --out <file>', say('paint.out'))
    .option('--force', say('export.force'))
    .action((words: string[], options: PaintOptions) => answer(() => paint(door, words, options)));
}

async function paint(door: Door, words: readonly string[], options: PaintOptions): Promise<Reply> {
  const { out, force = false, count = 1 } = options;
  if (out !== undefined) checkTargets({ out, force }, options.grid === undefined ? count : 1);
  const reply = await paintAsAsked(door, words, options);
  const { works = [] } = reply.json as { readonly works?: readonly { readonly id: string }[] };
  if (out === undefined || works.length === 0) return reply;
  const written = await exportPictures(
    door,
    works.map(({ id }) => id),
    { out, force },
  );
  return { ...reply, json: { ...reply.json, ...written.json }, lines: [...reply.lines, ...indent(written.lines), ''] };
}

async function paintAsAsked(door: Door, words: readonly string[], options: PaintOptions): Promise<Reply> {
  const typed = words.length === 1 && words[0] === '-' ? await readStandardInput(door.world) : words.join(' ');
  if (typed !== '') door.speak(languageOf(typed));
  const { fromSketch, detail, model, longest, painter, size, count, seal, again, batch, grid } = options;
  const seed = options.seed === undefined || options.seed < 0 ? drawSeed() : options.seed;
  const engine = model !== undefined && painter !== QUICK && (await paintsFromWords(door, model));
  if (fromSketch !== undefined && !engine)
    return paintFromSketch(door, fromSketch, seed, { model, detail, longest, seal });
  if (again !== undefined) return paintAgain(door, again);
  if (options.vary !== undefined) {
    return paintVariations(door, options.vary, seed, { strength: options.strength, count, painter, longest });
  }
  const negative = [options.negative, options.no].filter((part) => part !== undefined).join(', ') || undefined;
  const wildcards = options.wildcards === undefined ? undefined : readWildcards(options.wildcards);
  const shared = {
    negative,
    wildcards,
    seed,
    model: engine ? undefined : model,
    wishes: {
      ...{ painter, size, count, seal, longest },
      ...(engine && { model, steps: options.steps, guidance: options.guidance, sampler: options.sampler }),
      ...(engine && fromSketch !== undefined && { strength: options.strength }),
    },
    ...(engine && { from: await begunFrom(door, fromSketch, options.mask) }),
  };
  if (batch !== undefined) return paintBatch(door, (await readPoemArgument(door.world, batch)).split(/\r?\n/), shared);
  if (typed.trim() === '') throw engine && fromSketch !== undefined ? wordsToo() : nothingToPaint();
  if (grid !== undefined) return paintGrid(door, { ...shared, typed, grid });
  const { result, seen, model: eye } = await rankByEye(door, await paintByName(door, { ...shared, typed }), typed);
  const reply = await pictureReply(door, result);
  const notes = notesOf(door, result);
  const ranked = seen ? ['', ...indent([door.say('look.ranked', { model: eye! }), ...seenLines(door, seen)])] : [];
  return {
    ...reply,
    json: { ...reply.json, notes, ...(seen && { look: { seen, model: eye } }) },
    lines: [...reply.lines, ...indent(notes.map(door.ink.quiet)), ...ranked],
  };
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

function wordsToo(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-argument',
    message: 'An engine needs words beside the picture that it begins from.',
    hint: 'Say what the picture shows.',
    zh: { message: '引擎除了起点图片，还需要文字。', hint: '请说出画什么。' },
  });
}
