import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createPictureReader } from './index.ts';

const reader = createPictureReader();
const solid = (width: number, height: number, background = '#c03020') =>
  sharp({ create: { width, height, channels: 3, background } });
const svg = (inner: string): Uint8Array =>
  new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10">${inner}</svg>`,
  );

test('pictures of every usual format are opened, upright, made smaller when they are too large', async () => {
  for (const format of ['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const) {
    const read = await reader.read(await solid(300, 200).toFormat(format).toBuffer(), { longest: 150 });
    assert.deepEqual([read.width, read.height], [150, 100], format);
    assert.ok(Math.abs(read.data[0]! - 0xc0) < 8 && read.data[3] === 255, format);
  }
  const turned = await reader.read(
    await solid(40, 20).withExif({ IFD0: {} }).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  );
  assert.deepEqual([turned.width, turned.height], [20, 40]);
  const drawn = await reader.read(svg('<rect width="20" height="10" fill="#00ff00"/>'));
  assert.deepEqual([drawn.width, drawn.height, ...drawn.data.slice(0, 4)], [20, 10, 0, 255, 0, 255]);
});

test('what is no picture, broken or too large is refused in a word that helps', async () => {
  const png = await solid(400, 400).png().toBuffer();
  const noise = await sharp(Buffer.from(Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 251)), {
    raw: { width: 100, height: 100, channels: 3 },
  })
    .png()
    .toBuffer();
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['pictures/not-a-picture', new TextEncoder().encode('no picture at all')],
    ['pictures/not-a-picture', new Uint8Array()],
    ['pictures/broken', noise.subarray(0, Math.floor(noise.length / 2))],
    ['pictures/too-large', await solid(1, 40_000).png().toBuffer()],
    ['pictures/too-large', await solid(16_000, 16_000).png({ compressionLevel: 9 }).toBuffer()],
  ];
  for (const [code, bytes] of cases) await assert.rejects(reader.read(bytes), { code }, code);
  assert.ok((await reader.read(png)).width === 400);
});

test('an SVG that could run or fetch something is refused', async () => {
  for (const inner of [
    '<script>1</script>',
    '<rect onload="x()"/>',
    '<image xlink:href="http://example.org/a.png"/>',
    '<image href="file:///etc/passwd"/>',
    '<style>@import url(x.css)</style>',
    '<rect fill="url(http://example.org/#a)"/>',
    '<foreignObject/>',
  ]) {
    await assert.rejects(reader.read(svg(inner)), { code: 'pictures/unsafe-svg' }, inner);
  }
});

test('reading can be cancelled', async () => {
  const stop = new AbortController();
  const reading = reader.read(await solid(2000, 2000).png().toBuffer(), { signal: stop.signal });
  stop.abort();
  await assert.rejects(reading, { code: 'core/cancelled' });
});
