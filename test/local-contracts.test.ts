/** The drivers of files keep the promises of their ports: pictures made and looked at, texts compared, gaps filled. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createOnnxDriver } from '../src/drivers/onnx/index.ts';
import { createTransformersDriver } from '../src/drivers/transformers/index.ts';
import { pictureEyeContract } from '../src/kernel/contracts/picture-eye-contract.ts';
import { pictureModelContract } from '../src/kernel/contracts/picture-model-contract.ts';
import { gapFillerContract, textEmbedderContract } from '../src/kernel/contracts/text-models-contract.ts';
import { createResidency, type DriverSurroundings } from '../src/kernel/index.ts';

const root = mkdtempSync(join(tmpdir(), 'contracts-'));
const residency = createResidency({ available: () => 8 * 2 ** 30, clock: { now: () => 0 } });
after(() => {
  residency[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

/** Whoever wants to go out is wrong here. */
const nowhere = (): never => {
  throw new Error('nothing leaves here');
};
const surroundings: DriverSurroundings = {
  wayOut: { fetchFor: nowhere, connect: nowhere, maySpend: nowhere, spent: nowhere },
  key: async () => undefined,
  residency,
  sleep: async () => undefined,
};
const transformers = createTransformersDriver(surroundings);
const onnx = createOnnxDriver(surroundings);
const DRIVERS = join(import.meta.dirname, '../src/drivers');

function folderOf(card: object): string {
  const folder = mkdtempSync(join(root, 'model-'));
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'tiny', licence: 'CC0-1.0', ...card }));
  return folder;
}
const fixture = (name: string): string => folderOf({ folder: join(DRIVERS, 'transformers/fixtures', name) });

for (const kind of ['clip', 'caption', 'depth', 'subject']) {
  pictureEyeContract(`transformers, ${kind}`, { open: () => transformers.createPictureEye!(fixture(kind)) });
}
const mean = [0.485, 0.456, 0.406];
const manifest = {
  does: 'subject',
  input: { name: 'image', layout: 'NHWC', mean },
  output: { name: 'result', after: 'sigmoid' },
};
pictureEyeContract('onnx with a manifest', {
  open: () =>
    onnx.createPictureEye!(folderOf({ file: join(DRIVERS, 'onnx/fixtures/single/cut.onnx'), onnx: manifest })),
});
textEmbedderContract('transformers, BERT', { open: () => transformers.createTextEmbedder!(fixture('bert-embed')) });
gapFillerContract('transformers, BERT', { open: () => transformers.createGapFiller!(fixture('bert-gaps')) });

pictureModelContract('onnx, a pipeline', {
  open: () => onnx.createPictureModel!(folderOf({ folder: join(DRIVERS, 'onnx/fixtures/diffusers') })),
  wish: { labels: [{ label: 'a red boat', weight: 1 }], steps: 4 },
});
const small = { width: 16, height: 16, channels: 3, data: new Float32Array(768).fill(0.25) };
const NOT_OF_WORDS = {
  PM6: 'it makes pictures larger and keeps nothing',
  PM7: 'its size is that of the picture given',
};
pictureModelContract('transformers, Swin2SR', {
  open: () => transformers.createPictureModel!(fixture('enlarge')),
  wish: { from: small },
  skip: NOT_OF_WORDS,
});
const larger = { does: 'enlarge', scale: 2, input: { name: 'image' }, output: { name: 'result', range: [0, 255] } };
pictureModelContract('onnx with a manifest', {
  open: () =>
    onnx.createPictureModel!(folderOf({ file: join(DRIVERS, 'onnx/fixtures/single/larger.onnx'), onnx: larger })),
  wish: { from: small },
  skip: NOT_OF_WORDS,
});
