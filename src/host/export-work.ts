import { z } from 'zod';
import { OsError } from '../core/index.ts';
import { type Format, type Kernel, loadWork, type Studio, type Work } from '../kernel/index.ts';
import { carries, carryRecipe, recipeOf } from './recipe/index.ts';

/** A work as a file: whoever receives it writes it down. */
export interface ExportedFile {
  /** `<title>-<first digits of the id>.<extension>`, safe on every file system. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** The formats a medium can be written in, over all studios. */
export function formatsOf(studios: readonly Studio[], medium: string): readonly Format[] {
  return studios.flatMap((studio) => studio.formats.filter((format) => (format.medium ?? studio.medium) === medium));
}

export interface ExportRequest {
  readonly id: string;
  readonly format: string;
  /** What the format lets be set, such as the bars of a piece; `bare` for every format: without its recipe. */
  readonly settings?: object;
  readonly actor?: string;
}

/** Writes a work in a format of its medium and notes it on the ledger. Throws `host/no-format`, `host/bad-settings`. */
export async function exportWork(
  kernel: Kernel,
  studios: readonly Studio[],
  { id, format: wanted, settings = {}, actor = 'artist' }: ExportRequest,
): Promise<ExportedFile> {
  const input = await loadWork(kernel, id);
  const { work } = input;
  const formats = formatsOf(studios, work.medium);
  const format = formats.find((one) => one.name === wanted);
  if (!format) throw noFormat(work.medium, wanted, formats);
  const { bare, ...rest } = settings as { readonly bare?: unknown };
  const own = knowsBare(format) ? settings : rest;
  const written = await format.write(input, parseSettings(format, own));
  const bytes = bare === true ? written : await withRecipe(kernel, work, { written, mime: format.mime });
  await kernel.storage.commit({ ledger: [{ actor, act: 'exported', facts: { work: work.id, format: wanted } }] });
  return { name: `${fileName(work.title)}-${work.id.slice(0, 6)}.${format.extension}`, mime: format.mime, bytes };
}

/** Pictures leave out more than the recipe when they are asked to be bare. */
function knowsBare({ settings }: Format): boolean {
  return settings instanceof z.ZodObject && 'bare' in settings.shape;
}

async function withRecipe(
  kernel: Kernel,
  work: Work,
  { written, mime }: { readonly written: Uint8Array; readonly mime: string },
): Promise<Uint8Array> {
  const recipe = carries(mime) ? await recipeOf(kernel, work) : undefined;
  return recipe ? carryRecipe(written, mime, recipe) : written;
}

function parseSettings({ name, settings: schema = z.strictObject({}) }: Format, given: object): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const inChinese = schema.safeParse(given, { error: z.locales.zhCN().localeError });
  const [en, zh] = [parsed.error, inChinese.error!].map(({ issues }) =>
    issues.map(({ path, message }) => [...path, message].join(': ')).join('; '),
  );
  throw new OsError({
    kind: 'input',
    code: 'host/bad-settings',
    message: `The format '${name}' cannot be written like this: ${en}.`,
    hint: 'Leave out or change the setting named here.',
    zh: { message: `“${name}”格式无法这样写出：${zh}。`, hint: '请去掉或修改此处提到的设置。' },
  });
}

function fileName(title: string): string {
  const safe = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return [...safe].slice(0, 40).join('') || 'untitled';
}

function noFormat(medium: string, wanted: string, formats: readonly Format[]): OsError {
  const known = formats.map((format) => format.name).join(', ') || '—';
  return new OsError({
    kind: 'input',
    code: 'host/no-format',
    message: `A work of the medium ${medium} cannot be written as '${wanted}'.`,
    hint: `Formats: ${known}.`,
    zh: { message: `${medium} 类作品不能写成“${wanted}”格式。`, hint: `可用格式：${known}。` },
  });
}
