/** The op `corpus/collect`: an artist's folder, or repositories that the artist named, become a corpus. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, toWork } from './made.ts';

const SOURCE = z.object({
  repository: z.string().min(1).describe('https://host/owner/name'),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, '40 hexadecimal digits · 40 位十六进制')
    .describe('40 hexadecimal digits'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits · 64 位十六进制')
    .describe('SHA-256 of its archive'),
  folder: z.string().min(1).optional().describe('folder within; the whole when absent'),
  licence: z.string().min(1).optional().describe('as SPDX name; the files decide when absent'),
});

export const collectCorpus = defineOp({
  name: 'corpus/collect',
  version: 1,
  summary: {
    en: 'Reads every text in a folder or a named repository (txt, md, epub, docx, jsonl, html) and notes what each file is.',
    zh: '读取文件夹或指定仓库中的全部文本（txt、md、epub、docx、jsonl、html），并记录每个文件的情况。',
  },
  options: z
    .object({
      folder: z.string().min(1).optional().describe('folder to read, absolute path'),
      sources: z.array(SOURCE).min(1).max(64).optional().describe('public repositories to fetch and read'),
      licence: z
        .string()
        .optional()
        .describe('licence of the whole folder, as SPDX name; the files decide when absent'),
    })
    .refine(
      ({ folder, sources }) => folder !== undefined || sources !== undefined,
      'folder or sources · 需要 folder 或 sources',
    ),
  async run(context, _inputs, options) {
    const made = await context.workshop().collect(options, hooksOf(context));
    return { works: [toWork('corpus', titleOf(options.folder ?? options.sources![0]!.repository), made)] };
  },
});

function titleOf(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
