import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { encodeFlac, encodeMp3 } from './compressed.ts';
import { encodeWav, type StereoSound } from './wav.ts';

const tone = (seconds: number): StereoSound => {
  const left = Float32Array.from(
    { length: seconds * 44_100 },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 441 * i) / 44_100),
  );
  return { left, right: left.map((value) => -value), sampleRate: 44_100 };
};

test('WAV of 16 and 24 bits holds the samples, left and right', () => {
  const sound = tone(0.1);
  for (const bits of [16, 24] as const) {
    const bytes = encodeWav(sound, { bits });
    const view = new DataView(bytes.buffer);
    assert.equal(Buffer.from(bytes.subarray(0, 4)).toString(), 'RIFF');
    assert.equal(view.getUint32(40, true), sound.left.length * 2 * (bits / 8));
    assert.equal(view.getUint16(34, true), bits);
    for (const i of [0, 1, 25, 1000]) {
      const at = 44 + (2 * i * bits) / 8;
      const [left, right] = [at, at + bits / 8].map((place) =>
        bits === 16
          ? view.getInt16(place, true) / 32_767
          : (view.getInt16(place + 1, true) * 256 + view.getUint8(place)) / 8_388_607,
      );
      assert.ok(Math.abs(left! - sound.left[i]!) < 2 / 32_767, `${bits} ${i} ${left}`);
      assert.ok(Math.abs(right! - sound.right[i]!) < 2 / 32_767);
    }
  }
  assert.deepEqual(encodeWav(sound), encodeWav(sound));
});

test('FLAC and MP3 carry the sound, its length, tags and cover', async () => {
  const cover = { bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), mimeType: 'image/png' as const };
  const tags = { title: '江南雨夜', artist: 'LLMAgentOS', cover };
  for (const encode of [encodeFlac, encodeMp3]) {
    const bytes = await encode(tone(1.5), { tags });
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
    assert.ok(Math.abs((await input.computeDuration()) - 1.5) < 0.08);
    const found = await input.getMetadataTags();
    assert.equal(found.title, '江南雨夜');
    assert.equal(found.images?.[0]?.data.length, cover.bytes.length);
    assert.equal((await input.getPrimaryAudioTrack())?.numberOfChannels, 2);
  }
});

const FULL = {
  title: '江南雨夜',
  artist: 'Anonymous',
  lyrics: '床前明月光\n疑是地上霜',
  comment: 'seed 1 · 种子',
  // Longer than seven bits count, and with bytes that look like sound.
  cover: {
    bytes: Uint8Array.from({ length: 700 }, (_, i) => (i % 3 === 0 ? 255 : i % 251)),
    mimeType: 'image/png' as const,
  },
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Frames of an ID3v2.4 tag by name, and where the sound begins; sizes are read as the standard has them. */
function readId3(bytes: Uint8Array): { frames: Map<string, Uint8Array>; end: number } {
  const size = (at: number): number => bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 128 + byte, 0);
  assert.equal(text(bytes.subarray(0, 3)), 'ID3');
  assert.deepEqual([...bytes.subarray(3, 6)], [4, 0, 0]);
  const end = 10 + size(6);
  const frames = new Map<string, Uint8Array>();
  for (let at = 10; at < end; at += 10 + size(at + 4))
    frames.set(text(bytes.subarray(at, at + 4)), bytes.subarray(at + 10, at + 10 + size(at + 4)));
  return { frames, end };
}

test('the tags of an MP3 file stand where the ID3 standard has them, and the sound begins behind them', async () => {
  const bytes = await encodeMp3(tone(0.3), { tags: FULL });
  const { frames, end } = readId3(bytes);
  assert.deepEqual([...frames.keys()], ['TIT2', 'TPE1', 'USLT', 'COMM', 'APIC']);
  assert.equal(text(frames.get('TIT2')!), `\x03${FULL.title}`);
  assert.equal(text(frames.get('USLT')!), `\x03und\0${FULL.lyrics}`);
  assert.equal(text(frames.get('COMM')!), `\x03und\0${FULL.comment}`);
  const picture = frames.get('APIC')!;
  assert.equal(text(picture.subarray(0, 13)), '\x03image/png\0\x03\0');
  assert.deepEqual([...picture.subarray(13)], [...FULL.cover.bytes]);
  assert.deepEqual([bytes[end], bytes[end + 1]! & 0xe0], [0xff, 0xe0], 'a frame of sound');
  assert.equal((await encodeMp3(tone(0.1)))[0], 0xff, 'no tags, no header');
});

test('the tags of a FLAC file are Vorbis comments, the cover is a picture block', async () => {
  const bytes = await encodeFlac(tone(0.3), { tags: FULL });
  const view = new DataView(bytes.buffer);
  assert.equal(text(bytes.subarray(0, 4)), 'fLaC');
  const blocks = new Map<number, number>();
  for (let at = 4, last = false; !last; at += 4 + (view.getUint32(at) & 0xffffff)) {
    blocks.set(bytes[at]! & 127, at + 4);
    last = bytes[at]! > 127;
  }
  let at = blocks.get(4)!;
  const next = (little: boolean): Uint8Array => {
    const from = at + 4;
    at = from + view.getUint32(at, little);
    return bytes.subarray(from, at);
  };
  next(true);
  const count = view.getUint32(at, true);
  at += 4;
  const comments = Array.from({ length: count }, () => text(next(true)));
  for (const [name, value] of [
    ['title', FULL.title],
    ['artist', FULL.artist],
    ['lyrics', FULL.lyrics],
    ['comment', FULL.comment],
  ])
    assert.ok(
      comments.some((each) => each.toLowerCase().startsWith(`${name}=`) && each.endsWith(`=${value}`)),
      name,
    );
  at = blocks.get(6)!;
  assert.equal(view.getUint32(at), 3, 'a front cover');
  at += 4;
  assert.equal(text(next(false)), 'image/png');
  next(false);
  at += 16;
  assert.deepEqual([...next(false)], [...FULL.cover.bytes]);
});
