/**
 * Brings in a model that was trained elsewhere. What it is, its first bytes say, not its name:
 *
 *   folder with config.json and *.safetensors   Llama or GPT-2 of Hugging Face ─┐
 *   "GGUF"                                      llama.cpp, dequantised ─────────┼─▶ model folder with a card
 *   ONNX with a manifest beside it              any network (onnx-model.ts) ────┘
 *   pickle (.bin, .pt, .ckpt)                   refused: reading it would run its code
 *
 * The card says where the model came from; its licence is `unknown` until somebody tells.
 */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../../core/index.ts';
import { type ModelCard, parseCard } from '../model/card.ts';
import { saveModelFolder } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { refused } from './foreign-model.ts';
import { readGgufModel } from './gguf-model.ts';
import { importOnnx } from './onnx-model.ts';
import { readSafetensorsModel } from './safetensors-model.ts';

/** What is known about the model beside its files. */
export interface ImportOptions {
  /** Default: the name of the file or folder. */
  readonly name?: string;
  /** An SPDX name, when somebody has looked it up; default `unknown`. */
  readonly licence?: string;
  /** How the weights are kept; default F32, exactly as they came. */
  readonly precision?: 'F32' | 'F16';
}

/** What came in. */
export interface ImportedModel {
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  readonly folder: string;
  readonly card: ModelCard;
}

/** Reads a model at `source` and writes it as a model folder; throws `training/import-refused` or what the file's reader throws. */
export async function importModel(source: string, folder: string, options: ImportOptions = {}): Promise<ImportedModel> {
  const format = await sniff(source);
  const name = options.name ?? basename(source).replace(/\.(gguf|onnx)$/i, '');
  const licence = options.licence ?? 'unknown';
  if (format === 'onnx') {
    const card = describe(name, licence, { format, sha256: sha256(await readFile(source)) });
    return { format, folder, card: await importOnnx(source, folder, card) };
  }
  const { claimedLicence, ...model } =
    format === 'gguf' ? readGgufModel(await readFile(source), source) : await readSafetensorsModel(source);
  const claim = claimedLicence === undefined ? {} : { claimedLicence };
  const writes = model.tokenizer.find('<body>') === undefined ? 'prose' : 'verse'; // verse models are steered by <body>
  const card = { ...describe(name, licence, { format, source: basename(source), ...claim }), writes } as const;
  await saveModelFolder(folder, { ...model, card }, { precision: options.precision ?? 'F32' });
  return { format, folder, card };
}

function describe(name: string, licence: string, importedFrom: Record<string, string>): ModelCard {
  const summary = { en: 'A model trained elsewhere and brought in.', zh: '在别处训练、导入的模型。' };
  return parseCard(JSON.stringify({ name, licence, summary, importedFrom }));
}

async function sniff(source: string): Promise<ImportedModel['format']> {
  const facts = await stat(source).catch(() => undefined);
  if (!facts) throw refused('missing', source, 'there is no such file or folder', '没有这个文件或文件夹');
  if (facts.isDirectory()) return sniffFolder(source);
  const head = await readHead(source);
  if (head.toString('latin1', 0, 4) === 'GGUF') return 'gguf';
  if (isPickle(head)) throw pickle(source);
  if (head[8] === 0x7b && head.readBigUInt64LE(0) < 100_000_000n) {
    const [en, zh] = [
      'weights alone; name the folder with config.json and tokenizer.json',
      '只有权重；请指定含 config.json 和 tokenizer.json 的文件夹',
    ];
    throw refused('input', source, en, zh);
  }
  if (head[0] === 0x08) return 'onnx'; // field 1 of a ModelProto: its version
  throw refused(
    'input',
    source,
    'neither safetensors, GGUF nor ONNX by its first bytes',
    '从开头字节看，不是 safetensors、GGUF 或 ONNX',
  );
}

async function sniffFolder(source: string): Promise<'safetensors'> {
  const files = await readdir(source);
  if (files.some((file) => file.endsWith('.safetensors'))) return 'safetensors';
  for (const file of files.filter((one) => /\.(bin|pt|pth|ckpt)$/i.test(one))) {
    if (isPickle(await readHead(join(source, file)))) throw pickle(join(source, file));
  }
  throw refused('input', source, 'no .safetensors file in it', '其中没有 .safetensors 文件');
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(16);
    await file.read(head, 0, 16, 0);
    return head;
  } finally {
    await file.close();
  }
}

/** A zip archive (PyTorch since 1.6) or a bare pickle stream of protocol 2 to 5. */
function isPickle(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'PK\u0003\u0004' || (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5);
}

function pickle(source: string): Error {
  return refusal(
    'denied',
    'training/import-refused',
    {
      en: `'${source}' is a Python pickle: to read it is to run whatever program it holds.`,
      zh: `“${source}”是 Python pickle 文件：读取它等于运行其中的任意程序。`,
    },
    {
      en: 'Ask for the same model as safetensors, or convert it where you trust it.',
      zh: '请改用同一模型的 safetensors 版本，或在可信的环境中转换。',
    },
  );
}
