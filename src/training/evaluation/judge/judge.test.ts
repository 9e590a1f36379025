/** Every kind of model is trained for two steps and judged; figures whose value is known beforehand are held to it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createRandom } from '../../../core/index.ts';
import { type Recipe, runRecipe } from '../../loop/courses.ts';
import { formatWav } from '../../sound/index.ts';
import { formatReportPage, type Section } from '../report/index.ts';
import { judgeModel, writeReport } from './judge-model.ts';
import type { JudgeOptions } from './judgement.ts';

const root = mkdtempSync(join(tmpdir(), 'judge-'));
after(() => rmSync(root, { recursive: true }));
const pictures = join(root, 'pictures');
const SIZE = 16;

/** Twenty different pictures in two categories. */
async function writePictures(): Promise<void> {
  const random = createRandom('pictures');
  for (const category of ['dark', 'light']) {
    mkdirSync(join(pictures, category), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const colours = Array.from({ length: 12 }, () => random.integer(128) + (category === 'light' ? 127 : 0));
      const pixels = Uint8Array.from({ length: 3 * SIZE * SIZE }, (_, at) => {
        const [x, y] = [Math.floor(at / 3) % SIZE, Math.floor(at / 3 / SIZE)];
        return colours[(at % 3) + 3 * (Number(x > i) + 2 * Number(y > SIZE / 2))]!;
      });
      const image = sharp(pixels, { raw: { width: SIZE, height: SIZE, channels: 3 } });
      await image.png().toFile(join(pictures, category, `${i}.png`));
    }
  }
}
await writePictures();

const shared = (name: string) => ({
  name,
  out: join(root, name),
  pictures: { from: 'folder', folder: pictures, width: SIZE },
  validationShare: 0.3,
  steps: 2,
  batch: 2,
  threads: 1,
});
const autoencoder = { width: 4, multipliers: [1, 2], groups: 2, latent: 2 };
const diffusion = {
  kind: 'diffusion',
  labels: 'category',
  network: { kind: 'dit', patch: 4, width: 16, depth: 1, heads: 2 },
  process: { kind: 'flow' },
  prediction: 'flow',
  samples: { count: 2, columns: 2, steps: 1 },
};
const RECIPES = {
  kl: { ...shared('kl'), kind: 'vae', model: { ...autoencoder, bottleneck: { kind: 'kl' } } },
  vq: { ...shared('vq'), kind: 'vae', model: { ...autoencoder, bottleneck: { kind: 'vq', codes: 8 } } },
  gan: {
    ...shared('gan'),
    kind: 'gan',
    model: { latent: 4, generator: [8, 8, 8], discriminator: [8, 8], groups: 2 },
  },
  painter: {
    ...shared('painter'),
    kind: 'sketch-painter',
    model: { generator: [8, 8], discriminator: [4, 4], groups: 2 },
  },
  enlarger: { ...shared('enlarger'), kind: 'enlarger', piece: 8, model: { width: 4, blocks: 1 } },
  diffusion: { ...shared('diffusion'), ...diffusion },
  latent: { ...shared('latent'), ...diffusion, vae: join(root, 'kl/model') },
} satisfies Record<string, Recipe>;

async function trained(recipe: Recipe): Promise<string> {
  const model = join(String(recipe.out), 'model');
  if (!existsSync(join(model, 'card.json'))) await runRecipe(recipe);
  return model;
}

const judged = async (model: string, options: JudgeOptions = { data: pictures }) =>
  judgeModel(model, { threads: 1, ...options });

function table(sections: readonly Section[]): Extract<Section, { readonly kind: 'table' }> {
  const found = sections.find((section) => section.kind === 'table');
  assert.ok(found);
  return found;
}

/** Values of the row so named in English. */
function valuesOf(sections: readonly Section[], name: string): readonly (number | undefined)[] {
  const row = table(sections).rows.find((one) =>
    (typeof one.name === 'string' ? one.name : one.name.en).startsWith(name),
  );
  assert.ok(row, `no row ${name}`);
  return row.values;
}

for (const [name, recipe] of Object.entries(RECIPES)) {
  test(`[TR260] ${name}: the model folder and the pictures suffice for a page with figures, plots and sheets`, async () => {
    if (name === 'latent') await trained(RECIPES.kl);
    const { kind, report } = await judged(await trained(recipe));
    assert.equal(kind, recipe.kind);
    const kinds = report.sections.map((section) => section.kind);
    for (const wanted of ['table', 'bars', 'pictures', 'curves']) assert.ok(kinds.includes(wanted as 'table'), wanted);
    const { rows, columns } = table(report.sections);
    assert.ok(rows.length >= 4);
    for (const { values } of rows)
      assert.ok(
        values.length === columns.length && values.every((value) => value === undefined || Number.isFinite(value)),
      );
    assert.ok(
      report.facts?.some(({ value }) => value.startsWith('yes')),
      'the pictures are recognised',
    );
    assert.match(formatReportPage(report), /data:image\/png;base64,/);
  });
}

test('[TR261] a copy of a training picture is found out: at no distance, and suspicious', async () => {
  for (const recipe of [RECIPES.gan, RECIPES.diffusion]) {
    const { report } = await judged(await trained(recipe));
    const [near, suspicious] = valuesOf(report.sections, 'copies').slice(-2);
    assert.ok(near! < 1e-6 && suspicious! > 0.9, `${near} ${suspicious}`);
  }
});

test('[TR262] pictures from a folder of their own are measured on instead of those kept back', async () => {
  const model = await trained(RECIPES.kl);
  const own = await judged(model, { data: pictures, heldOut: pictures });
  // The first of the folder was learned from, and so on: only those kept back differ from their nearest.
  const [error] = valuesOf(own.report.sections, 'nearest training picture');
  const [usual] = valuesOf((await judged(model)).report.sections, 'nearest training picture');
  assert.ok(error! < 0.7 * usual!, `${error} ${usual}`);
  assert.ok(own.report.facts?.some(({ value }) => value === '20'));
});

test('[TR263] sounds are there to be listened to', async () => {
  const sounds = join(root, 'sounds');
  mkdirSync(sounds);
  for (let i = 0; i < 12; i++) {
    const samples = Float32Array.from({ length: 4096 }, (_, t) => 0.3 * Math.sin((t * (i + 3)) / 40));
    writeFileSync(join(sounds, `tone-${i}.wav`), formatWav({ samples, rate: 8000 }));
  }
  const source = { from: 'sound', folder: sounds, rate: 8000, size: 256, hop: 128, bands: 16, frames: 16 };
  const model = await trained({
    ...RECIPES.kl,
    name: 'tones',
    out: join(root, 'tones'),
    pictures: source,
    flip: false,
  });
  const { report } = await judged(model, { data: sounds });
  const heard = report.sections.find((section) => section.kind === 'sounds');
  assert.ok(heard?.kind === 'sounds' && heard.sounds.length >= 2);
  assert.match(formatReportPage(report), /<audio controls src="data:audio\/wav;base64,UklGR/);
});

test('[TR264] what a judge cannot do without is asked for by name', async () => {
  const model = await trained(RECIPES.kl);
  await assert.rejects(judged(model, {}), { code: 'training/judge-needs', message: /--data/ });
  await assert.rejects(judged(model, { data: join(root, 'nowhere') }), { code: 'training/pictures-missing' });
  const all = await trained({ ...RECIPES.kl, name: 'all', out: join(root, 'all'), validationShare: 0 });
  await assert.rejects(judged(all), { code: 'training/nothing-held-out' });
  await assert.rejects(judged(join(root, 'none')), { code: 'training/model-missing' });
  const strange = join(root, 'strange');
  mkdirSync(strange);
  writeFileSync(join(strange, 'config.json'), '{"model_type":"rnn"}');
  await assert.rejects(judged(strange), { code: 'training/unknown-model' });
  const stopped = judged(model, { data: pictures, signal: AbortSignal.abort() });
  await assert.rejects(stopped, { code: 'core/cancelled' });
});

test('[TR265] a card that does not say how pictures are loaded is helped by the recipe', async () => {
  const model = await trained({ ...RECIPES.kl, name: 'old', out: join(root, 'old') });
  const path = join(model, 'card.json');
  const { learning: _, ...card } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(card));
  await assert.rejects(judged(model), { code: 'training/judge-needs', message: /--recipe/ });
  const { folder: __, ...source } = RECIPES.kl.pictures;
  const { report } = await judged(model, { data: pictures, recipe: { ...RECIPES.kl, pictures: source } });
  assert.ok(valuesOf(report.sections, 'this model')[0]! > 0);
  await assert.rejects(judged(model, { data: pictures, recipe: { pictures: { from: 'mars' } } }), {
    code: 'training/bad-options',
  });
});

test('[TR266] the report is written as one page and as JSON', async () => {
  const { report } = await judged(await trained(RECIPES.kl));
  const page = await writeReport(join(root, 'page'), report, { language: 'en' });
  assert.match(readFileSync(page, 'utf8'), /id="tongue-en" checked/);
  const json = JSON.parse(readFileSync(join(root, 'page/report.json'), 'utf8'));
  assert.equal(json.sections[0].rows[0].name.zh, '本模型');
});
