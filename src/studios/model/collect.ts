/** The op `corpus/collect`: an artist's folder becomes a corpus. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, toWork } from './made.ts';

export const collectCorpus = defineOp({
  name: 'corpus/collect',
  version: 1,
  summary: {
    en: 'Reads every text in a folder (txt, md, epub, docx, jsonl, html) and notes what each file is.',
    zh: '读取文件夹中的全部文本（txt、md、epub、docx、jsonl、html），并记录每个文件的情况。',
  },
  options: z.object({
    folder: z.string().min(1).describe('folder to read, absolute path'),
    licence: z.string().optional().describe('licence of the whole folder, as SPDX name; the files decide when absent'),
  }),
  async run(context, _inputs, { folder, licence }) {
    const made = await context.workshop().collect({ folder, licence }, hooksOf(context));
    return { works: [toWork('corpus', folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder, made)] };
  },
});
