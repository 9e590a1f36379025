/**
 * `POST /v1/embeddings`. By our own word vectors a text's vector is the mean of its words', rare words weighing more; in Chinese and
 * English, in one space. By an embedder of the artist's (`model`, or the preferred one) it is what that model says.
 */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import { words } from '../../../training/index.ts';
import { optional } from './asked.ts';
import { badParam } from './failure.ts';
import { findModel } from './models.ts';
import { readBody } from './read-body.ts';

const embeddingSchema = z.looseObject({
  model: optional(z.string()),
  input: z.union([z.string(), z.array(z.string()).min(1).max(2048)]),
  encoding_format: optional(z.enum(['float', 'base64'])),
  dimensions: optional(z.int()),
});

type Vectors = ReturnType<typeof words.loadWordFolder>['vectors'];

/** The route; word folders are loaded once. */
export function createEmbeddings(os: Os): (c: Context) => Promise<Response> {
  const loaded = new Map<string, Vectors>();
  const vectorsOf = (folder: string): Vectors => {
    const vectors = loaded.get(folder) ?? words.loadWordFolder(folder).vectors;
    loaded.set(folder, vectors);
    return vectors;
  };
  return async (c) => {
    const { model: name, input, encoding_format: format, dimensions } = await readBody(c, embeddingSchema);
    const model = await findModel(os, name ?? (await os.defaults()).embedder ?? 'words', ['words', 'embedder']);
    if (model.kind === 'embedder') {
      const embedder = await os.models.openTextEmbedder(model.entry!.name);
      if (dimensions !== undefined && dimensions !== embedder.dimensions) throw otherSize(embedder.dimensions);
      const asked = typeof input === 'string' ? [input] : input;
      const found = await embedder.embed(asked, { signal: c.req.raw.signal });
      // Such models do not say how many tokens they read.
      return c.json({ ...listOf(found, format), model: model.id, usage: { prompt_tokens: 0, total_tokens: 0 } });
    }
    const vectors = vectorsOf(model.entry!.folder);
    if (dimensions !== undefined && dimensions !== vectors.dimensions) throw otherSize(vectors.dimensions);
    const texts = typeof input === 'string' ? [input] : input;
    const tokens = texts.reduce((sum, text) => sum + vectors.cut(text).length, 0);
    // A text of which not even a piece is known points nowhere.
    const found = texts.map((text) => vectors.textVector(text) ?? new Float32Array(vectors.dimensions));
    return c.json({
      ...listOf(found, format),
      model: model.id,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  };
}

function listOf(vectors: readonly Float32Array[], format: string | null | undefined) {
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' ? base64Of(vector) : [...vector],
    })),
  };
}

function base64Of({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function otherSize(own: number): Error {
  return badParam(
    'dimensions',
    { en: `The vectors have ${own} numbers, and no other number of them.`, zh: `向量固定为 ${own} 维。` },
    { en: 'Leave dimensions out.', zh: '请去掉 dimensions。' },
  );
}
