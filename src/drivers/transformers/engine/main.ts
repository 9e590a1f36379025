/** The engine process of a model of Hugging Face's: loads one folder and does its one task. */
import { type CallContext, HandlerFault, serveCalls } from '../../../isolation/index.ts';
import type { PixelPlanes } from '../../../kernel/index.ts';
import type { LoadInput } from '../open-engine.ts';
import { read, type Sheet, score, take } from './causal.ts';
import { depth, describe, enlarge, match, subject } from './eyes.ts';
import { type WriteInput, write } from './generate.ts';
import { type MusicInput, makeMusic } from './music.ts';
import { type Network, type Opened, openFolder, type Pipeline, type Processor, type Tokenizer } from './runtime.ts';
import { embed, fillGaps } from './words.ts';

/** What is loaded. */
interface Loaded {
  readonly opened: Opened;
  readonly model: Network | undefined;
  readonly tokenizer: Tokenizer | undefined;
  readonly processor: Processor | undefined;
  readonly pipeline: Pipeline | undefined;
}

/** What each task needs. */
const NEEDS = {
  write: { model: 'AutoModelForCausalLM', tokenizer: true },
  gaps: { model: 'AutoModelForMaskedLM', tokenizer: true },
  embed: { model: 'AutoModel', tokenizer: true },
  match: { model: 'AutoModel', tokenizer: true, processor: true },
  depth: { model: 'AutoModelForDepthEstimation', processor: true },
  describe: { pipeline: 'image-to-text' },
  subject: { pipeline: 'background-removal' },
  enlarge: { pipeline: 'image-to-image' },
  music: { model: 'MusicgenForConditionalGeneration', tokenizer: true },
} as const satisfies Readonly<Record<string, Need>>;

interface Need {
  readonly model?: Parameters<Opened['model']>[0];
  readonly tokenizer?: true;
  readonly processor?: true;
  readonly pipeline?: string;
}

let loaded: Loaded | undefined;
const sheets = new Map<number, Sheet>();
let opened = 0;

async function load(input: LoadInput): Promise<{ readonly config: unknown }> {
  const folder = openFolder(input);
  const need: Need = NEEDS[input.task as keyof typeof NEEDS];
  const pipeline = need.pipeline === undefined ? undefined : await folder.pipeline(need.pipeline);
  loaded = {
    opened: folder,
    model: need.model && (await folder.model(need.model)),
    tokenizer: need.tokenizer && (await folder.tokenizer()),
    processor: need.processor && (await folder.processor()),
    pipeline,
  };
  const whole = loaded.model ?? (pipeline as unknown as { readonly model: Network }).model;
  return { config: JSON.parse(JSON.stringify(whole.config)) };
}

function part<K extends 'model' | 'tokenizer' | 'processor' | 'pipeline'>(name: K): NonNullable<Loaded[K]> {
  const found = loaded?.[name];
  if (!found) throw new HandlerFault('cannot', `there is no ${name}`);
  return found as NonNullable<Loaded[K]>;
}

export interface ReplyInput extends Omit<WriteInput, 'ids' | 'maxTokens'> {
  readonly messages: object[];
  readonly contextLength: number;
  readonly maxTokens?: number;
}

/** Messages as the model was trained to read them. */
function rendered(messages: object[]): number[] {
  const how = { add_generation_prompt: true, tokenize: true, return_tensor: false, return_dict: false };
  return part('tokenizer').apply_chat_template(messages, how) as number[];
}

interface ExtendInput {
  readonly batch: number;
  /** One for each row. */
  readonly tokens: readonly number[];
  /** Which old rows these are, and after how many tokens. */
  readonly parents: readonly number[];
  readonly length: number;
}

serveCalls({
  load,
  open: async ({ prompt }: { readonly prompt: readonly number[] }) => {
    const { sheet, logits } = await read(part('model'), undefined, prompt, 1);
    sheets.set(++opened, sheet);
    return { batch: opened, logits };
  },
  extend: async ({ batch, tokens, parents, length }: ExtendInput) => {
    const before = sheets.get(batch);
    if (!before) throw new HandlerFault('died', 'it was ended in between', '引擎中途重启');
    const { sheet, logits } = await read(part('model'), take(before, parents, length), tokens, tokens.length);
    sheets.set(batch, sheet);
    return { logits };
  },
  close: ({ batch }: { readonly batch: number }) => void sheets.delete(batch),
  score: async ({ rows }: { readonly rows: readonly (readonly number[])[] }, { signal }: CallContext) => {
    const scores: Float32Array[] = [];
    for (const row of rows) {
      if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
      scores.push(await score(part('model'), row));
    }
    return scores;
  },
  count: ({ messages }: { readonly messages: object[] }) => rendered(messages).length,
  reply: async ({ messages, contextLength, maxTokens, ...rest }: ReplyInput, context: CallContext) => {
    const ids = rendered(messages);
    const room = contextLength - ids.length;
    if (room < 1) {
      const length = ids.length;
      throw new HandlerFault(
        'context-full',
        `${length} of ${contextLength} tokens`,
        `${length} 个词元，上限 ${contextLength}`,
      );
    }
    const input = { ...rest, ids, maxTokens: Math.min(room, maxTokens ?? room) };
    return { ...(await write(part('model'), part('tokenizer'), input, context)), read: ids.length };
  },
  fill: (input: Parameters<typeof fillGaps>[2]) => fillGaps(part('model'), part('tokenizer'), input),
  embed: (input: Parameters<typeof embed>[2], { signal }: CallContext) =>
    embed(part('model'), part('tokenizer'), input, signal),
  match: (input: Parameters<typeof match>[3]) => match(part('model'), part('tokenizer'), part('processor'), input),
  describe: ({ picture }: { readonly picture: PixelPlanes }) => describe(part('pipeline'), picture),
  depth: ({ picture }: { readonly picture: PixelPlanes }) => depth(part('model'), part('processor'), picture),
  subject: ({ picture }: { readonly picture: PixelPlanes }) => subject(part('pipeline'), picture),
  enlarge: ({ picture, scale }: { readonly picture: PixelPlanes; readonly scale: number }) =>
    enlarge(part('pipeline'), picture, scale),
  music: (input: MusicInput, context: CallContext) => makeMusic(part('model'), part('tokenizer'), input, context),
});
