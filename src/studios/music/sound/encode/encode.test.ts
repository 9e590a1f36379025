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
