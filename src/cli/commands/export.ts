/**
 * `export` takes a work out of the house: to a file, written whole or not at all, or to standard output. Music may be cut to
 * some bars and parts, slowed down, played with a SoundFont of the artist's, and written as one file a part.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { unzipSync } from 'fflate';
import { OsError } from '../../core/index.ts';
import type { ExportedFile } from '../../host/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { musicWork } from '../music/music-argument.ts';
import { barRange, collectWords, numberIn } from '../option-values.ts';

interface ExportOptions {
  readonly format?: string;
  readonly output?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly stems?: boolean;
  readonly soundfont?: string;
  readonly bars?: readonly [number, number];
  readonly tempo?: number;
  readonly parts?: readonly string[];
}

/** Endings of file names that are not the name of their format. */
const ENDINGS: Readonly<Record<string, string>> = {
  midi: 'mid',
  xml: 'musicxml',
  wave: 'wav',
  text: 'txt',
  jpg: 'jpeg',
};

/** Adds the command. */
export function addExport(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('export')
    .description(say('export.summary'))
    .argument('<work>', say('export.work'))
    .option('-F, --format <format>', say('export.format'))
    .option('-o, --out <file>', say('export.output'))
    .option('--output <file>', say('export.output'))
    .option('--bars <range>', say('export.bars'), barRange('--bars'))
    .option('--parts <names>', say('export.parts'), collectWords)
    .option('--tempo <factor>', say('export.tempo'), numberIn('--tempo', { min: 0.1, max: 10 }))
    .option('--soundfont <file>', say('export.soundfont'))
    .option('--stems', say('export.stems'))
    .option('--force', say('export.force'))
    .action((id: string, options: ExportOptions) => answer(() => exportWork(door, id, options)));
}

/** Writes a work to a file, or to standard output; as the command does. */
export async function exportWork(door: Door, name: string, options: ExportOptions): Promise<Reply> {
  const { output = options.out, force = false, stems = false } = options;
  const target = output === undefined || output === '-' ? undefined : resolve(output);
  if (target !== undefined) checkTarget(target, force || stems);
  const settings = settingsOf(options);
  const os = await door.os();
  const { id } = await musicWork(door, name);
  if (stems) return unpack(door, { id, target, force, made: await os.export(id, 'stems', settings) });
  const ending = extname(target ?? '')
    .slice(1)
    .toLowerCase();
  const format = options.format ?? ENDINGS[ending] ?? (ending || 'txt');
  const made = await os.export(id, format, settings);
  return deliver(door, { id, format, target: target ?? inThisFolder(made, output, force), made });
}

/** Throws `cli/folder-missing`, and `cli/file-exists` unless it may be written over. */
export function checkTarget(file: string, force: boolean): void {
  if (!existsSync(dirname(resolve(file)))) throw folderMissing(dirname(resolve(file)));
  if (existsSync(file) && !force) throw fileExists(file);
}

/** Only what was said: a format refuses settings it does not know. */
function settingsOf({ bars, tempo, parts, soundfont, stems, format }: ExportOptions): object {
  return {
    ...(bars && { bars }),
    ...(tempo !== undefined && { tempo }),
    ...(parts && { parts }),
    ...(soundfont !== undefined && { soundfont: readSoundFont(soundfont) }),
    ...(stems && format !== undefined && { as: format }),
  };
}

interface Delivery {
  readonly id: string;
  readonly format: string;
  readonly target: string | undefined;
  readonly made: ExportedFile;
}

function deliver(door: Door, { id, format, target, made }: Delivery): Reply {
  const bytes = made.bytes.length;
  if (target !== undefined) {
    writeWhole(target, made.bytes);
    return {
      json: { export: { id, format, bytes, file: target } },
      lines: [door.say('export.done', { file: target, bytes })],
    };
  }
  const content = new TextDecoder().decode(made.bytes);
  return { json: { export: { id, format, bytes, content } }, lines: [content.replace(/\n$/, '')] };
}

/** What is no text does not go to a terminal: it gets a file named after the work. */
function inThisFolder({ name, mime }: ExportedFile, output: string | undefined, force: boolean): string | undefined {
  if (output === '-' || /^text\/|json$|[/+]xml$/.test(mime)) return undefined;
  const file = resolve(name);
  if (existsSync(file) && !force) throw fileExists(file);
  return file;
}

interface Unpacking {
  readonly id: string;
  readonly target: string | undefined;
  readonly force: boolean;
  readonly made: ExportedFile;
}

/** A folder with a file for each part; a `.zip` stays packed. */
function unpack(door: Door, { id, target, force, made }: Unpacking): Reply {
  const place = target ?? resolve(made.name.replace(/\.zip$/, ''));
  if (place.endsWith('.zip')) {
    if (existsSync(place) && !force) throw fileExists(place);
    return deliver(door, { id, format: 'stems', target: place, made });
  }
  const parts = Object.entries(unzipSync(made.bytes)).map(([name, bytes]) => ({ file: join(place, name), bytes }));
  const standing = parts.find(({ file }) => existsSync(file));
  if (standing && !force) throw fileExists(standing.file);
  mkdirSync(place, { recursive: true });
  for (const { file, bytes } of parts) writeWhole(file, bytes);
  return {
    json: { export: { id, format: 'stems', bytes: made.bytes.length, files: parts.map(({ file }) => file) } },
    lines: parts.map(({ file, bytes }) => door.say('export.done', { file, bytes: bytes.length })),
  };
}

/** Larger files are no SoundFont that fits into memory. */
const LARGEST_SOUNDFONT = 2 ** 31;

function readSoundFont(path: string): Uint8Array {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile() || statSync(file).size > LARGEST_SOUNDFONT) throw noSoundFont(file);
  return readFileSync(file);
}

/** Writes beside the file and renames, so that nobody ever sees half of it. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, 'wx');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}

function fileExists(file: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'cli/file-exists',
    message: `The file “${file}” exists.`,
    hint: 'Choose another name, or write over it with --force.',
    zh: { message: `文件“${file}”已存在。`, hint: '请换个名字，或用 --force 覆盖它。' },
  });
}

function folderMissing(folder: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'cli/folder-missing',
    message: `There is no folder “${folder}”.`,
    hint: 'Make the folder first, or choose another.',
    zh: { message: `没有文件夹“${folder}”。`, hint: '请先建好这个文件夹，或另选一个。' },
  });
}

function noSoundFont(file: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'cli/soundfont-missing',
    message: `There is no SoundFont at “${file}” (a file of at most 2 GB).`,
    hint: 'Name an SF2, SF3 or DLS file.',
    zh: { message: `“${file}”处没有可用的音色库文件（最大 2 GB）。`, hint: '请给出 SF2、SF3 或 DLS 文件。' },
  });
}
