/** Parameters that several routes share, as OpenAI names them. What is not named here is taken and left unused. */
import { z } from 'zod';
import type { Question } from './answer.ts';
import { badParam } from './failure.ts';

/** Null is what some clients send for nothing. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

export const sharedParams = {
  model: optional(z.string()),
  seed: optional(z.int()),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().min(0).max(1)),
  stream: optional(z.boolean()),
  /** Ours: options of the op that answers, by its own names; and which art to make whatever the words say. */
  llmagentos: optional(
    z.strictObject({
      art: z.enum(['poem', 'picture', 'tune']).optional(),
      options: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
};

export const samplingParams = {
  n: optional(z.int().min(1).max(16)),
  max_tokens: optional(z.int().min(1)),
  max_completion_tokens: optional(z.int().min(1)),
  stop: optional(z.union([z.string(), z.array(z.string()).max(16)])),
  logit_bias: optional(z.record(z.string(), z.number())),
  stream_options: optional(z.object({ include_usage: z.boolean().nullish() })),
};

export { optional };

interface Shared {
  readonly seed?: number | undefined;
  readonly temperature?: number | undefined;
  readonly top_p?: number | undefined;
  readonly n?: number | undefined;
  readonly max_tokens?: number | undefined;
  readonly max_completion_tokens?: number | undefined;
  readonly stop?: string | readonly string[] | undefined;
  readonly logit_bias?: Readonly<Record<string, number>> | undefined;
  readonly llmagentos?: { readonly art?: Question['art']; readonly options?: object | undefined } | undefined;
}

/** The shared part of a question. */
export function askedOf(given: Shared): Omit<Question, 'model' | 'text' | 'origin' | 'top'> {
  const { llmagentos: ours = {} } = given;
  return {
    count: given.n ?? 1,
    most: given.max_completion_tokens ?? given.max_tokens,
    // Any whole number is a seed; ours are not negative.
    seed: given.seed === undefined ? undefined : Math.abs(given.seed),
    temperature: given.temperature,
    // Nothing at all cannot be kept: the likeliest always is.
    topP: given.top_p === undefined ? undefined : Math.max(given.top_p, 0.001),
    stop: (typeof given.stop === 'string' ? [given.stop] : (given.stop ?? [])).filter((one) => one !== ''),
    bias: given.logit_bias,
    ...(ours.art !== undefined && { art: ours.art }),
    ...(ours.options !== undefined && { options: ours.options as Readonly<Record<string, unknown>> }),
  };
}

const partSchema = z.looseObject({ type: z.string(), text: z.string().optional() });

/** What a message says: a text, or parts of which only texts can be read. */
export const contentSchema = z.union([z.string(), z.array(partSchema)]);

/** The words of a message. Throws `server/bad-parameter` for pictures and sounds. */
export function wordsOf(content: z.output<typeof contentSchema>, param: string): string {
  if (typeof content === 'string') return content;
  const strange = content.find(({ type }) => !['text', 'input_text', 'output_text'].includes(type));
  if (strange === undefined) return content.map(({ text = '' }) => text).join('\n');
  throw badParam(
    param,
    {
      en: `A message part of the type '${strange.type}' cannot be read here.`,
      zh: `此处无法读取“${strange.type}”类型的内容。`,
    },
    {
      en: 'Send text; pictures go to /v1/images/edits.',
      zh: '请发送文字；图片请用 /v1/images/edits。',
    },
  );
}

/** Throws `server/bad-parameter` for a brief without words. */
export function refuseEmpty(text: string, param: string): void {
  if (text.trim() !== '') return;
  throw badParam(
    param,
    { en: 'There is nothing to answer: the last words are empty.', zh: '没有可回应的内容：最后一条消息是空的。' },
    { en: 'Say what you want to make.', zh: '请说说你想创作什么。' },
  );
}
