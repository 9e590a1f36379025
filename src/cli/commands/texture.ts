/** `texture`: words, or another sound and words, become a sound that goes round. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn } from '../option-values.ts';
import { publicWorks } from '../public-json.ts';
import { indent } from '../verse/poem-sheet.ts';
import { checkTarget, exportWork } from './export.ts';

interface TextureOptions {
  readonly from?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly seed?: number;
  readonly [option: string]: unknown;
}

/** What the op reports, as far as it is shown. */
interface Report {
  readonly layers: readonly { readonly kind: string; readonly attributes: readonly string[] }[];
  readonly unknown: readonly string[];
  readonly seconds: number;
  readonly loop: number;
}

/** Adds the command. */
export function addTexture(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('texture')
    .description(say('texture.summary'))
    .argument('[words...]', say('texture.words'))
    .option('--seconds <n>', say('texture.seconds'), numberIn('--seconds', { min: 1, max: 600 }))
    .option('--from <file>', say('texture.from'))
    .option('--strength <share>', say('texture.strength'), numberIn('--strength', { min: 0, max: 1 }))
    .option('--guidance <n>', say('texture.guidance'), numberIn('--guidance', { min: 0, max: 10 }))
    .option('--model <name>', say('texture.model'))
    .option('-s, --seed <n>', say('compose.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('texture.out'))
    .option('--force', say('export.force'))
    .action((words: string[], options: TextureOptions) => answer(() => texture(door, words.join(' '), options)));
}

async function texture(
  door: Door,
  words: string,
  { from, out, force = false, seed = drawSeed(), ...options }: TextureOptions,
): Promise<Reply> {
  if (words !== '') door.speak(languageOf(words));
  if (out !== undefined) checkTarget(out, force);
  const os = await door.os();
  const inputs = from === undefined ? [] : [(await os.bring(soundFile(from))).id];
  const run = os.run({ op: 'music/texture', inputs, options: { words, ...options }, seed, signal: door.world.signal });
  const { works, report } = await followJob(door, run, door.say('texture.working'));
  const { id } = works[0]!;
  const written = out === undefined ? undefined : await exportWork(door, id, { out, force });
  const loaded = await Promise.all(works.map((work) => os.load(work.id)));
  const told = report as unknown as Report;
  return {
    json: { works: await publicWorks(loaded), texture: told, ...(written?.json as object) },
    lines: ['', ...indent(await sheet(door, loaded[0]!.work, told)), '', ...tail(door, id, written), ''],
  };
}

function soundFile(path: string) {
  if (existsSync(path)) return { name: basename(path), mime: 'audio/wav', bytes: readFileSync(path) };
  throw new OsError({
    kind: 'missing',
    code: 'cli/sound-missing',
    message: `There is no file “${path}”.`,
    hint: 'Name a WAV file.',
    zh: { message: `没有文件“${path}”。`, hint: '请给出一个 WAV 文件。' },
  });
}

async function sheet(
  { ink, say, language }: Door,
  { title, record, id }: { readonly title: string; readonly id: string; readonly record: { readonly seed: number } },
  { layers, unknown, seconds, loop }: Report,
): Promise<string[]> {
  const { TEXTURE_ATTRIBUTES, TEXTURE_KINDS } = await import('../../studios/music/index.ts');
  const name = ({ kind, attributes }: Report['layers'][number]): string => {
    const said = attributes.map((attribute) => TEXTURE_ATTRIBUTES[attribute]?.[language] ?? attribute);
    const what = TEXTURE_KINDS[kind]?.[language] ?? kind;
    return said.length === 0 ? what : `${what} (${said.join(language === 'zh' ? '、' : ', ')})`;
  };
  const facts = say('texture.facts', { seconds: seconds.toFixed(1), loop: loop.toFixed(1) });
  const sounds = layers.map(name).join(' + ');
  return [
    ink.title(title),
    ...(sounds === '' ? [] : [sounds]),
    ...(unknown.length === 0 ? [] : [say('texture.unknown', { words: unknown.join(language === 'zh' ? '、' : ', ') })]),
    '',
    ink.quiet([facts, say('poem.seed', { seed: record.seed }), id.slice(0, 8)].join(' · ')),
    ink.quiet(say('texture.small')),
  ];
}

function tail({ ink, say }: Door, id: string, written: Reply | undefined): readonly string[] {
  return indent(written ? [...written.lines] : [ink.quiet(say('texture.hear', { id: id.slice(0, 8) }))]);
}
