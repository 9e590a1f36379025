/** What a card says of a model behind an address. The key itself is never in it: only the name under which it is kept. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { engineFault, type ModelIdentity } from '../../kernel/index.ts';

const CARD = z.looseObject({
  name: z.string().optional(),
  licence: z.string().optional(),
  /** Where the server is: `http://localhost:11434/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** The server's own name of the model, or one of the words of openai/aliases.json. */
  model: z.string().min(1).optional(),
  /** The NAME of a key. */
  key: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .optional(),
  /** Per million tokens; for pictures and sound per piece. */
  prices: z
    .object({
      currency: z.string().min(1),
      input: z.number().min(0).optional(),
      output: z.number().min(0).optional(),
      each: z.number().min(0).optional(),
    })
    .optional(),
  contextLength: z.int().positive().optional(),
  sees: z.boolean().optional(),
  usesTools: z.boolean().optional(),
  /** How it is brought to follow a schema: by its own means, or told in words. */
  structured: z.enum(['schema', 'words']).optional(),
  /** What it is opened as. */
  roles: z.array(z.enum(['chat', 'picture', 'sound'])).optional(),
  /** Languages that it was taught words of; for painters. */
  languages: z
    .array(z.enum(['zh', 'en']))
    .min(1)
    .optional(),
  /** Seconds without a byte after which it hangs. */
  patience: z.number().positive().optional(),
  /** Seconds that one answer may take from beginning to end. */
  longest: z.number().positive().optional(),
  /** Times that a request is sent before it is given up. */
  attempts: z.int().min(1).max(10).optional(),
});

export type RemoteCard = z.infer<typeof CARD> & { readonly name: string };

/** Reads `card.json` of a folder, with further fields where a driver has some. Throws `engine/broken-model`. */
export async function readCard<S extends z.ZodRawShape>(
  folder: string,
  more?: S,
): Promise<RemoteCard & z.infer<z.ZodObject<S>>> {
  const name = basename(folder);
  const text = await readFile(join(folder, 'card.json'), 'utf8').catch((cause) => {
    throw engineFault('broken-model', name, { en: 'its card cannot be read', zh: '读不到卡片' }, cause);
  });
  try {
    const card = CARD.extend(more ?? {}).parse(JSON.parse(text));
    return { name, ...card } as RemoteCard & z.infer<z.ZodObject<S>>;
  } catch (cause) {
    throw engineFault('broken-model', name, whatIsWrong(cause), cause);
  }
}

function whatIsWrong(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return 'card.json: JSON?';
  return cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

/**
 * The identity of what answers there. Its weights are out of sight, so that the digest stands for address and name only, and
 * nobody can promise the same answer twice. `more`: what else of ours decides the answer, such as a workflow.
 */
export function identityOf(card: RemoteCard, engine: string, more = ''): ModelIdentity {
  const { name, baseUrl, model = '', licence = 'unknown' } = card;
  const digest = createHash('sha256')
    .update(`${engine}\n${baseUrl}\n${model}${more && `\n${more}`}`)
    .digest('hex');
  return { name, digest, engine: model === '' ? engine : `${engine} ${model}`, licence, reproducible: false };
}
