/** An autoencoder's course through the real loop, on eight small pictures. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { runRecipe } from '../loop/courses.ts';
import { createVaeRunner } from './model.ts';
import { loadVaeFolder } from './model-folder.ts';

async function withPictures(work: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'vae-'));
  try {
    await mkdir(join(root, 'pictures'));
    for (let n = 0; n < 12; n++) {
      const pixels = Uint8Array.from({ length: 192 }, (_, i) => ((i * (n + 3)) % 23) * 11);
      const image = sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } });
      await image.png().toFile(join(root, 'pictures', `${n}.png`));
    }
    await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const recipe = (root: string, out: string, bottleneck: object, steps = 4) => ({
  kind: 'vae',
  name: 'tiny',
  out: join(root, out),
  pictures: { from: 'folder', folder: join(root, 'pictures'), width: 8 },
  validationShare: 0.3,
  model: { width: 4, multipliers: [1, 2], groups: 2, latent: 2, bottleneck },
  steps,
  batch: 2,
  saveEvery: 1,
  validateEvery: 4,
  sampleEvery: 4,
  threads: 1,
  precision: 'F32',
});

for (const bottleneck of [{ kind: 'kl' }, { kind: 'vq', codes: 5 }] as const) {
  test(`[TR6] a ${bottleneck.kind} course ends in the same model, broken off or not, which loads and encodes`, async () => {
    await withPictures(async (root) => {
      await runRecipe(recipe(root, 'whole', bottleneck));
      const stop = new AbortController();
      const onEvent = (event: { type: string; step?: number }): void => {
        if (event.type === 'training-step' && event.step === 2) stop.abort();
      };
      await assert.rejects(runRecipe(recipe(root, 'broken', bottleneck), { signal: stop.signal, onEvent }), {
        code: 'core/cancelled',
      });
      await runRecipe(recipe(root, 'broken', bottleneck));
      const [whole, broken] = [
        await loadVaeFolder(join(root, 'whole/model')),
        await loadVaeFolder(join(root, 'broken/model')),
      ];
      assert.equal(whole.digest, broken.digest);
      assert.ok((whole.card.scores!.validation as { psnr: number }).psnr > 0);
      const sheets = await readdir(join(root, 'whole/samples/step-00000004'));
      assert.deepEqual(
        sheets.toSorted(),
        bottleneck.kind === 'kl' ? ['reconstructions.png', 'samples.png'] : ['reconstructions.png'],
      );
      await using runner = createVaeRunner(whole.config, () => whole.parameters, { threads: 1 });
      assert.equal((await runner.encode(new Float32Array(3 * 192))).length, 3 * 2 * 16);
    });
  });
}

test('[TR6] sizes that do not fit are refused with the field named', async () => {
  await withPictures(async (root) => {
    const odd = recipe(root, 'odd', { kind: 'kl' });
    await assert.rejects(runRecipe({ ...odd, model: { ...odd.model, patch: 3 } }), { code: 'training/bad-vae-config' });
    await assert.rejects(runRecipe({ ...odd, batch: 0 }), { code: 'training/bad-options' });
  });
});
