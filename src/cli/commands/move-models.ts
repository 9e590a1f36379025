/** `models export` and `models import`: a model leaves as ONNX or GGUF, or comes from elsewhere. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { oneOf } from '../option-values.ts';
import { spinner } from '../terminal/live.ts';

interface ExportOptions {
  readonly format: string;
  readonly output: string;
  readonly precision?: 'F32' | 'F16' | 'Q8_0';
}

interface ImportOptions {
  readonly name: string;
  readonly licence?: string;
}

/** Adds both under `models`. */
export function addMoveModels(models: Command, door: Door, answer: Answer): void {
  const { say } = door;
  models
    .command('export')
    .description(say('models.export.summary'))
    .argument('<model>', say('eval.model'))
    .requiredOption('--format <format>', say('models.export.format'), oneOf('--format', ['onnx', 'gguf']))
    .requiredOption('-o, --output <path>', say('models.export.output'))
    .option('--precision <numbers>', say('models.export.precision'), oneOf('--precision', ['F32', 'F16', 'Q8_0']))
    .action((name: string, options: ExportOptions) => answer(() => exportModel(door, name, options)));
  models
    .command('import')
    .description(say('models.import.summary'))
    .argument('<path>', say('models.import.path'))
    .requiredOption('--name <name>', say('train.name'))
    .option('--licence <name>', say('models.import.licence'))
    .action((path: string, options: ImportOptions) => answer(() => importFrom(door, path, options)));
}

async function exportModel(door: Door, name: string, { format, output, precision }: ExportOptions): Promise<Reply> {
  const { live, ink, say } = door;
  const os = await door.os();
  const { folder } = await os.models.get(name);
  live.follow((frame) => [ink.quiet(`${spinner(frame)} ${say('models.export.working')}`)]);
  const { exportGguf, exportOnnx, loadModelFolder } = await import('../../training/index.ts');
  const model = await loadModelFolder(folder);
  const path = resolve(output);
  if (format === 'gguf') await exportGguf(path, model, precision === undefined ? {} : { precision });
  else await exportOnnx(path, model, { arithmetics: precision === 'Q8_0' ? ['F32', 'I8'] : ['F32'] });
  return { json: { exported: { model: name, format, path } }, lines: [`${ink.good('✓')} ${path}`] };
}

async function importFrom(door: Door, path: string, { name, licence }: ImportOptions): Promise<Reply> {
  const { live, ink, say, language } = door;
  const os = await door.os();
  const folder = join(os.home, 'models', name);
  if (existsSync(folder)) throw nameTaken(name);
  live.follow((frame) => [ink.quiet(`${spinner(frame)} ${say('models.import.working')}`)]);
  const { importModel } = await import('../../training/index.ts');
  const imported = await importModel(resolve(path), folder, { name, ...(licence === undefined ? {} : { licence }) });
  return {
    json: { imported: { ...imported } },
    lines: [
      `${ink.good('✓')} ${ink.title(name)} · ${imported.format} · ${imported.card.licence}`,
      `  ${imported.card.summary[language]}`,
      ink.quiet(`  ${folder}`),
    ],
  };
}

function nameTaken(name: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'cli/model-name-taken',
    message: `There is a model '${name}' already.`,
    hint: 'Choose another --name, or remove its folder first.',
    zh: { message: `已有名为“${name}”的模型。`, hint: '请换一个 --name，或先移走它的文件夹。' },
  });
}
