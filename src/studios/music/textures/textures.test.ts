/** Textures: what words mean, how sounds become loops, what leaves the house. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { SoundModel, SoundRequest } from '../../../kernel/index.ts';
import { encodeWav, loudnessOf, truePeak } from '../sound/index.ts';
import { makeTexture, readWav, seamOf, spectrogramPng, understand, understandTexture } from './index.ts';
import { looped, resampled } from './wave.ts';
import table from './words.table.json' with { type: 'json' };

const plain = (words: string): string[] =>
  understand(words).layers.map(({ kind, attributes }) => [kind, ...attributes].join(' '));

test('[MU60] words of both languages become layers, each with what is said of it', () => {
  assert.deepEqual(plain('雨夜 远处的钟'), ['rain', 'bells far']);
  assert.deepEqual(plain('rain with distant bells'), ['rain', 'bells far']);
  assert.deepEqual(plain('缓慢低沉的大鼓，急促的木鱼'), ['big-drum low slow', 'woodblock fast']);
  assert.deepEqual(plain('a soft music box over heavy rain'), ['music-box dark', 'rain dense']);
  assert.deepEqual(plain('细雨'), ['rain sparse']);
  assert.deepEqual(plain('明亮，风铃和鸟'), ['bells bright', 'birds bright']);
  assert.deepEqual(plain('near far bells'), ['bells far'], 'of two opposites the one said last');
});

test('[MU60] what is not understood is said; where no sound is named, the known ones are listed', () => {
  assert.deepEqual(understand('量子雨').unknown, ['量子']);
  assert.deepEqual(understand('quantum rain').unknown, ['quantum']);
  assert.throws(() => understandTexture('量子'), { code: 'music/texture-unknown', hint: /rain/ });
  assert.deepEqual(understand('').layers, []);
});

test('[MU60] every word of the table leads to what it stands for', () => {
  for (const [kind, { zh, en }] of Object.entries(table.classes)) {
    for (const word of [...zh, ...en])
      assert.ok(
        plain(word).some((layer) => layer.split(' ')[0] === kind),
        `${word}: ${plain(word)}`,
      );
  }
  for (const [attribute, { zh, en }] of Object.entries(table.attributes)) {
    for (const word of [...zh, ...en]) {
      const { layers, attributes } = understand(word);
      assert.ok([...attributes, ...layers.flatMap((layer) => layer.attributes)].includes(attribute), word);
    }
  }
});

test('[MU61] a sound closes to a loop, longer or shorter than it was', () => {
  const random = createRandom('loop');
  const tone = Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i / 9) + 0.01 * random.next());
  for (const length of [12_000, 20_000, 50_000]) {
    const loop = looped(tone, length, 2000);
    assert.equal(loop.length, length);
    assert.ok(seamOf(loop) <= 1.05, `${length}: ${seamOf(loop)}`);
  }
  assert.ok(seamOf(tone.subarray(0, 12_000)) > 1.5, 'the cut alone would click');
});

test('another rate keeps what can be heard', () => {
  const tone = Float32Array.from({ length: 4410 }, (_, i) => Math.sin((2 * Math.PI * 440 * i) / 44_100));
  const half = resampled(tone, 44_100, 22_050, true);
  assert.equal(half.length, 2205);
  half.forEach((value, i) => {
    assert.ok(Math.abs(value - tone[2 * i]!) < 0.01, `${i}`);
  });
});

/** A model that answers any request with noise that goes round, and remembers what it was asked. */
function noiseModel(asked: SoundRequest[]): SoundModel {
  const identity = { name: 'noise', digest: '', engine: 'test', licence: 'CC0-1.0', reproducible: true };
  return {
    ...{ identity, rate: 22_050, labels: ['rain', 'bells', 'far'], step: 6144, loop: 73_728 },
    make: async (request) => {
      asked.push(request);
      const random = createRandom(request.seed);
      return Float32Array.from({ length: request.length }, () => 0.1 * random.normal());
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const OPTIONS = { seconds: 3, seed: 7, guidance: 2, steps: 4 };

test('[MU61] layers are asked for one by one, with the labels that the model knows, and mixed to −16 LUFS without clipping', async () => {
  const asked: SoundRequest[] = [];
  const { sound, loop } = await makeTexture(noiseModel(asked), understand('细雨 远处的钟'), OPTIONS);
  assert.deepEqual(
    asked.map(({ labels }) => labels),
    [['rain'], ['bells', 'far']],
  );
  assert.notEqual(asked[0]!.seed, asked[1]!.seed);
  assert.equal(asked[0]!.length % 6144, 0);
  assert.ok(loop >= 3 && loop < 3.3);
  const channels = [sound.left, sound.right];
  assert.ok(Math.abs(loudnessOf(channels, sound.sampleRate) + 16) < 0.3);
  assert.ok(20 * Math.log10(truePeak(channels)) < -0.9);
  assert.ok(Math.max(seamOf(sound.left), seamOf(sound.right)) <= 1);
  const again = await makeTexture(noiseModel([]), understand('细雨 远处的钟'), OPTIONS);
  assert.deepEqual(again, { sound, loop });
});

test('[MU62] a long texture goes round, and another sound is begun from at its level', async () => {
  const asked: SoundRequest[] = [];
  const { sound, loop } = await makeTexture(noiseModel(asked), understand('rain'), { ...OPTIONS, seconds: 45 });
  assert.ok(Math.abs(sound.left.length / sound.sampleRate - 2 * loop) < 1e-6 && loop >= 22.5 && loop < 23);
  const tone = Float32Array.from({ length: 88_200 }, (_, i) => Math.sin(i / 20));
  const from = { sound: { left: tone, right: tone, sampleRate: 44_100 }, strength: 0.4 };
  await makeTexture(noiseModel(asked), understand('far'), { ...OPTIONS, from });
  const begun = asked.at(-1)!;
  assert.deepEqual([begun.labels, begun.from?.strength, begun.from?.samples.length], [['far'], 0.4, begun.length]);
});

test('[MU62] WAV files of the artist are read, and what is none is refused', async () => {
  const tone = Float32Array.from({ length: 9000 }, (_, i) => 0.5 * Math.sin(i / 20));
  const sound = { left: tone, right: tone.map((value) => value / 2), sampleRate: 44_100 };
  for (const bits of [16, 24] as const) {
    const read = readWav(encodeWav(sound, { bits }), 'a.wav');
    assert.deepEqual([read.sampleRate, read.left.length], [44_100, 9000]);
    assert.ok(read.right.every((value, i) => Math.abs(value - sound.right[i]!) < 1e-4));
  }
  const bytes = encodeWav(sound);
  const broken = [
    new Uint8Array(3),
    bytes.subarray(0, 30),
    bytes.with(20, 7),
    bytes.with(22, 0),
    bytes.subarray(0, 600),
  ];
  for (const one of broken) assert.throws(() => readWav(one, 'b.wav'), { code: 'music/bad-sound' });
  const png = await spectrogramPng(sound, { width: 40, height: 20 });
  assert.deepEqual(
    [...png.subarray(1, 4)],
    [...'PNG'].map((letter) => letter.charCodeAt(0)),
  );
});
