/** The op `corpus/forget`: one document is withdrawn, and it is known which models had read it. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const forgetDocument = defineOp({
  name: 'corpus/forget',
  version: 1,
  summary: {
    en: 'Withdraws a document from a corpus; datasets and models that saw it must be made again, and the record says so.',
    zh: '从语料中撤回一篇文档；见过它的数据集与模型须重做，并留下记录。',
  },
  options: z.object({
    document: z.string().min(1).describe('id of the document, as the corpus lists it; or its file, or SHA-256'),
    at: z.iso.datetime().describe('when it was withdrawn'),
  }),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  async run(context, inputs, options) {
    const request = { corpus: readMade(inputs[0]), ...options };
    const made = await context.workshop().forget(request, hooksOf(context));
    return { works: [toWork('corpus', inputs[0]!.work.title, made)] };
  },
});
