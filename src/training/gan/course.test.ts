/** Recipes of both kinds run by the loop: interrupted and resumed they end where an unbroken run ends. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { runRecipe } from '../loop/courses.ts';
import { createPictureGenerator } from './picture-generator.ts';
import { createSketchPainter } from './sketch-painter.ts';

let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmagentos-gan-'));
  await mkdir(join(folder, 'art'));
  for (let i = 0; i < 24; i++) {
    const pixels = Buffer.from(Array.from({ length: 192 }, (_, at) => ((at * (i + 1)) % 7) * 36));
    const picture = sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } });
    await picture.png().toFile(join(folder, 'art', `${i}.png`));
  }
});
after(() => rm(folder, { recursive: true }));

const shared = (out: string) => ({
  name: 'tiny',
  out: join(folder, out),
  pictures: { from: 'folder', folder: join(folder, 'art'), width: 8 },
  validationShare: 0.25,
  steps: 6,
  batch: 4,
  saveEvery: 2,
  sampleEvery: 3,
  threads: 1,
});
const gan = (out: string) => ({
  ...shared(out),
  kind: 'gan',
  model: { latent: 4, generator: [8, 8], discriminator: [8], groups: 2, spectralNorm: true },
  penaltyEvery: 2,
});
const painter = (out: string) => ({
  ...shared(out),
  kind: 'sketch-painter',
  model: { generator: [8, 8], discriminator: [4, 4], groups: 2 },
});

const lastOf = async (path: string): Promise<string> => (await readdir(path)).sort().at(-1)!;

for (const recipe of [gan, painter]) {
  const { kind } = recipe('');
  test(`[TR2] ${kind}: stopped after a checkpoint and resumed, the model is the same byte for byte`, async () => {
    const whole = await runRecipe(recipe(`${kind}-whole`));
    const stop = new AbortController();
    const stopped = runRecipe(recipe(`${kind}-broken`), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'training-step' && event.step === 3) stop.abort();
      },
    });
    await assert.rejects(stopped, (error) => (error as { code: string }).code === 'core/cancelled');
    const resumed = await runRecipe(recipe(`${kind}-broken`));
    for (const file of ['model.safetensors', 'config.json']) {
      assert.deepEqual(await readFile(join(resumed.model, file)), await readFile(join(whole.model, file)), file);
    }
    const sheet = await sharp(
      join(folder, `${kind}-whole`, 'samples', await lastOf(join(folder, `${kind}-whole`, 'samples')), 'samples.png'),
    ).metadata();
    assert.ok(sheet.width > 16);
    const card = JSON.parse(await readFile(join(whole.model, 'card.json'), 'utf8'));
    const score = card.scores[kind === 'gan' ? 'slicedWasserstein' : 'loss'];
    assert.ok(Number.isFinite(score) && score > 0, `${score}`);
    await using opened = await (kind === 'gan' ? createPictureGenerator : createSketchPainter)(whole.model);
    assert.equal(opened.config.kind, kind);
  });
}

test('options that do not fit are refused by name', async () => {
  const refused = (given: object, pattern: RegExp) =>
    assert.rejects(runRecipe({ ...gan('refused'), ...given }), (error) => {
      const { code, message } = error as { code: string; message: string };
      return /^training\/bad-/.test(code) && pattern.test(message);
    });
  await refused({ steps: 0 }, /steps/);
  await refused({ pictures: { from: 'folder', folder: join(folder, 'art'), width: 16 } }, /16×16/);
  await refused({ model: { generator: [8, 8], discriminator: [8, 8], groups: 2 } }, /width/);
});
