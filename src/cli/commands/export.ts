/** `export` takes a work out of the house: to a file, written whole or not at all, or to standard output. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { getNamedWork } from './works.ts';

interface ExportOptions {
  readonly format?: string;
  readonly output?: string;
  readonly force?: boolean;
}

/** Adds the command. */
export function addExport(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('export')
    .description(say('export.summary'))
    .argument('<work>', say('show.work'))
    .option('-F, --format <format>', say('export.format'))
    .option('-o, --output <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((id: string, options: ExportOptions) => answer(() => exportWork(door, id, options)));
}

async function exportWork(door: Door, name: string, { format, output, force = false }: ExportOptions): Promise<Reply> {
  const os = await door.os();
  const { id } = await getNamedWork(door, name);
  const file = output === undefined || output === '-' ? undefined : resolve(output);
  if (file !== undefined && !existsSync(dirname(file))) throw folderMissing(dirname(file));
  if (file !== undefined && existsSync(file) && !force) throw fileExists(file);
  const wanted = format ?? (extname(output ?? '').slice(1) || 'txt');
  const { bytes } = await os.export(id, wanted);
  if (file !== undefined) writeWhole(file, bytes);
  const text = new TextDecoder().decode(bytes);
  return {
    json: {
      export: { id, format: wanted, bytes: bytes.length, ...(file === undefined ? { content: text } : { file }) },
    },
    lines: file === undefined ? [text.replace(/\n$/, '')] : [door.say('export.done', { file, bytes: bytes.length })],
  };
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
