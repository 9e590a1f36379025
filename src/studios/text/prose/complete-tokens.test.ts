import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { TokenBatch, TokenModel } from '../../../kernel/index.ts';
import { type Completion, completeOptionsSchema, completeTokens } from './complete-tokens.ts';

const VOCABULARY = ['<s>', '</s>', '甲', '乙', '丙', '。'];
/** ln P of the fake model: 甲 is likeliest after nothing, then 乙, 丙, 。 in turn. */
const FAVOUR = 3;

/** A model that likes 甲, 乙, 丙, 。 in turn, and its own end after `ends` tokens. */
function fakeModel(ends = Number.POSITIVE_INFINITY): TokenModel {
  const batchOf = (tokens: number[], prompt: number): TokenBatch => ({
    width: 1,
    get length() {
      return tokens.length;
    },
    logits: () => {
      const written = tokens.length - prompt;
      const liked = written >= ends ? 1 : 2 + (written % 4);
      return Float32Array.from(VOCABULARY, (_, id) => (id === liked ? FAVOUR : 0));
    },
    extend: async ([token]) => void tokens.push(token!),
    select: () => assert.fail(),
    rewind: () => assert.fail(),
    [Symbol.asyncDispose]: async () => undefined,
  });
  return {
    identity: { name: 'fake', digest: '', engine: 'fake', licence: '', reproducible: true },
    vocabulary: VOCABULARY,
    contextLength: 64,
    encode: (text) => [...text].map((character) => VOCABULARY.indexOf(character)),
    decode: (ids) => ids.map((id) => VOCABULARY[id]).join(''),
    bytes: (id) => (id < 2 ? new Uint8Array() : new TextEncoder().encode(VOCABULARY[id])),
    companion: () => undefined,
    score: () => assert.fail(),
    open: async (prompt) => batchOf([...prompt], prompt.length),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function complete(model: TokenModel, given: object): Promise<Completion & { told: string[] }> {
  const options = completeOptionsSchema.parse({ temperature: 0, repetitionPenalty: 1, ...given });
  const told: string[] = [];
  const random = createRandom('1');
  const { signal } = new AbortController();
  const made = await completeTokens({ model, options, random, signal, onText: (text) => told.push(text) });
  return { ...made, told };
}

test('[PR6] never more tokens than asked for; the end of the model ends it', async () => {
  const cut = await complete(fakeModel(), { maxTokens: 6 });
  assert.deepEqual([cut.text, cut.finish, cut.tokens.length], ['甲乙丙。甲乙', 'length', 6]);
  const ended = await complete(fakeModel(3), { maxTokens: 6 });
  assert.deepEqual([ended.text, ended.finish], ['甲乙丙', 'stop']);
});

test('[PR6] a stop string ends it, is left out, and is never told on the way, not even its beginning', async () => {
  const { text, finish, told, tokens } = await complete(fakeModel(), { maxTokens: 12, stop: ['。甲丙', '丙。甲乙'] });
  assert.deepEqual([text, finish], ['甲乙', 'stop']);
  assert.deepEqual(tokens.map(({ token }) => token).join(''), '甲乙');
  for (const so of told) assert.ok(text.startsWith(so), so);
});

test('[PR6] each token has its ln P under the model alone, with the likeliest at its place', async () => {
  const { tokens } = await complete(fakeModel(), { maxTokens: 2, top: 2, bias: { 4: 100 } });
  const norm = Math.log(Math.exp(FAVOUR) + VOCABULARY.length - 1);
  assert.deepEqual(
    tokens.map(({ token, from, top }) => [token, from, top.map((one) => one.token)]),
    [
      ['丙', 0, ['甲', '<s>']],
      ['丙', 1, ['乙', '<s>']],
    ],
  );
  assert.ok(Math.abs(tokens[0]!.logprob + norm) < 1e-4);
  assert.ok(Math.abs(tokens[0]!.top[0]!.logprob - (FAVOUR - norm)) < 1e-4);
  assert.deepEqual(tokens[0]!.bytes, [...Buffer.from('丙')]);
});
