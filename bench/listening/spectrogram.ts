/** Contact sheets: a spectrogram of each instrument, three pitches, loud; 0–10 kHz upwards, 1.5 s each. */
import sharp from 'sharp';
import { renderVoice } from '../../src/studios/music/sound/bank/index.ts';
import { held, spectrumOf } from './measure.ts';

const [WIDTH, HEIGHT, SECONDS, WINDOW] = [120, 160, 1.5, 1024];

/** Writes a PNG with a row of three pictures for each instrument, four instruments across. */
export async function writeSheet(ids: readonly string[], path: string): Promise<void> {
  const across = 4;
  const cell = { width: 3 * WIDTH + 12, height: HEIGHT + 22 };
  const size = { width: across * cell.width, height: Math.ceil(ids.length / across) * cell.height };
  const pictures = await Promise.all(
    ids.map(async (id, i) => ({
      input: await picture(id, cell),
      left: (i % across) * cell.width,
      top: Math.floor(i / across) * cell.height,
    })),
  );
  await sharp({ create: { ...size, channels: 3, background: '#222' } })
    .composite(pictures)
    .png()
    .toFile(path);
}

async function picture(id: string, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const layer = renderVoice(id).layers.at(-1)!;
  const pixels = new Uint8Array(width * height * 3);
  for (const [third, place] of [0.15, 0.5, 0.8].entries()) {
    const sound = held(layer[Math.floor(place * layer.length)]!, SECONDS + 0.1);
    for (let x = 0; x < WIDTH; x++) {
      const at = Math.floor((x / WIDTH) * SECONDS * 32_000);
      const spectrum = spectrumOf(sound.slice(at, at + WINDOW));
      for (let y = 0; y < HEIGHT; y++) {
        const bin = Math.floor(((HEIGHT - 1 - y) / HEIGHT) * (10_000 / 32_000) * WINDOW);
        const bright = Math.max(0, Math.min(1, (20 * Math.log10(spectrum[bin]! + 1e-9) + 45) / 75));
        const pixel = 3 * ((y + 20) * width + third * (WIDTH + 4) + x);
        pixels.set(
          [255 * Math.min(1, bright * 1.6), 255 * bright ** 2, 255 * (0.25 * Math.sin(Math.PI * bright) + bright ** 5)],
          pixel,
        );
      }
    }
  }
  const label = Buffer.from(
    `<svg width="${width}" height="20"><text x="3" y="15" font-size="15" fill="#fff">${id}</text></svg>`,
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([{ input: label, left: 0, top: 0 }])
    .png()
    .toBuffer();
}
