import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { TokenBatch, TokenModel } from '../../../kernel/index.ts';
import { proseOptionsSchema } from './options.ts';
import { joinProse } from './prose.ts';
import { type Passage, writePassage } from './write-passage.ts';

const VOCABULARY = ['<s>', '</s>', '<title>', '<text>', '春', '江', '潮', '水', '。'];
const [END, STOP] = [VOCABULARY.indexOf('</s>'), VOCABULARY.indexOf('。')];

interface Fake {
  readonly model: TokenModel;
  /** Every prompt that was opened, as text, and the tokens appended to it. */
  readonly read: string[];
  readonly open: () => number;
}

/** A model with a short memory that likes one token at each place of what is written; all else of the port throws. */
function fakeModel(contextLength: number, likes: (written: number) => number): Fake {
  const read: string[] = [];
  let [open, written] = [0, 0];
  const unexpected = (name: string) => (): never => {
    throw new Error(`unexpected ${name}`);
  };
  const batchOf = (tokens: number[]): TokenBatch => {
    assert.ok(tokens.length <= contextLength, 'a prompt fits the context');
    const at = read.push('') - 1;
    const note = (): void => {
      read[at] = tokens.map((id) => VOCABULARY[id]).join('');
    };
    note();
    return {
      width: 1,
      get length() {
        return tokens.length;
      },
      logits: () => Float32Array.from(VOCABULARY, (_, id) => (id === likes(written) ? 9 : 0)),
      extend: async ([token]) => {
        assert.ok(tokens.length < contextLength, 'nothing is appended to a full context');
        tokens.push(token!);
        note();
      },
      select: unexpected('select'),
      rewind: unexpected('rewind'),
      [Symbol.asyncDispose]: async () => void open--,
    };
  };
  const model: TokenModel = {
    identity: { name: 'fake', digest: '', engine: 'fake', licence: '', reproducible: true },
    vocabulary: VOCABULARY,
    contextLength,
    encode: (text) => [...text].map((character) => VOCABULARY.indexOf(character)),
    decode: (ids) => {
      written = ids.length;
      return ids.map((id) => VOCABULARY[id]).join('');
    },
    bytes: (id) => (id < 4 ? new Uint8Array() : new TextEncoder().encode(VOCABULARY[id])),
    companion: unexpected('companion'),
    score: unexpected('score'),
    open: async (prompt) => {
      open++;
      return batchOf([...prompt]);
    },
    [Symbol.asyncDispose]: unexpected('dispose'),
  };
  return { model, read, open: () => open };
}

function write({ model }: Fake, given: object, signal = new AbortController().signal): Promise<Passage> {
  const options = proseOptionsSchema.parse({ temperature: 0, repetitionPenalty: 1, ...given });
  return writePassage({ model, options, random: createRandom('1'), signal, onText: () => undefined });
}

test('[PR3] a passage is far longer than the context: the model reads the last half again and goes on', async () => {
  const fake = fakeModel(16, (written) => (written % 10 === 9 ? STOP : 4 + (written % 4)));
  const { text } = await write(fake, { opening: '春江', title: '潮水', length: 60 });
  assert.match(text, /^[春江潮水。]{60,75}$/);
  assert.match(text, /。$/, 'it ends with a sentence');
  assert.ok(fake.read[0]!.startsWith('<s><title>潮水<text>春江'), fake.read[0]);
  assert.ok(fake.read.length > 4);
  for (const later of fake.read.slice(1)) assert.ok(`春江${text}`.includes(later.replace(/^.*<text>/, '')), later);
  for (const [i, later] of fake.read.slice(1).entries())
    assert.ok(!fake.read[i]!.endsWith(later), 'every window moves on');
  assert.equal(fake.open(), 0, 'every batch is given back');
});

test('[PR3] an opening longer than the context is read from its end', async () => {
  const fake = fakeModel(16, () => STOP);
  const { text } = await write(fake, { opening: '春江潮水'.repeat(20), length: 20 });
  assert.equal(fake.read[0]!.slice(0, 8), '春江潮水春江潮水');
  assert.match(text, /^。{20,}$/);
});

test('[PR4] the model may end, but not before it has written anything; nothing special is written', async () => {
  const ended = await write(
    fakeModel(64, (written) => (written < 5 ? 4 : END)),
    { length: 200 },
  );
  assert.match(ended.text, /^春{5,20}$/);
  const atOnce = await write(
    fakeModel(64, () => END),
    { length: 200 },
  );
  assert.equal([...atOnce.text].length, 1);
  const special = await write(
    fakeModel(64, () => VOCABULARY.indexOf('<title>')),
    { length: 20 },
  );
  assert.doesNotMatch(special.text, /</);
});

test('[PR4] it can be stopped between any two tokens, and gives its batch back', async () => {
  const stop = new AbortController();
  const fake = fakeModel(64, (written) => {
    if (written >= 3) stop.abort();
    return 4;
  });
  await assert.rejects(write(fake, { length: 200 }, stop.signal), { name: 'AbortError' });
  assert.equal(fake.open(), 0);
});

test('[PR5] spans cover the whole text in order, without empty ones', () => {
  assert.deepEqual(joinProse('', '春江', '潮水。').spans, [
    { from: 0, to: 2, by: 'human' },
    { from: 2, to: 5, by: 'machine' },
  ]);
  assert.deepEqual(joinProse('', '', '潮水').spans, [{ from: 0, to: 2, by: 'machine' }]);
  assert.deepEqual(joinProse('', '春', '').spans, [{ from: 0, to: 1, by: 'human' }]);
});
