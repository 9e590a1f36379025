/**
 * The door for clients of AUTOMATIC1111's web UI (`/sdapi/v1`): they paint through our painters. A painter is a checkpoint, and a
 * sampler of its name; names of real samplers are taken and change nothing.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { OsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import { pictureTexts } from '../../../studios/image/index.ts';
import { bodyTooLarge, LARGEST_BODY } from '../body-size.ts';
import { bringPicture } from '../bring-picture.ts';
import { hangUpSignal } from '../hang-up.ts';
import { runJob } from '../run-job.ts';
import { findCheckpoint, hashOf, listCheckpoints, publicCheckpoint } from './checkpoints.ts';
import { createPaintDesk } from './desk.ts';
import { answerFailure, bytesOf, readBody } from './failure.ts';
import { imageToImage, type PaintContext, textToImage } from './paint.ts';
import { extraSchema, imageToImageSchema, optionsSchema, pngInfoSchema, textToImageSchema } from './schemas.ts';

/** Lists that clients ask for and that are empty here. */
const EMPTY_LISTS = [
  'sd-vae',
  'sd-modules',
  'hypernetworks',
  'face-restorers',
  'realesrgan-models',
  'prompt-styles',
  'loras',
  'latent-upscale-modes',
];

/** Routes relative to /sdapi/v1. Who may come in is checked before it. */
export function createA1111Door(os: Os): Hono {
  const app = new Hono();
  const desk = createPaintDesk(() => Date.now());
  let checkpoint = 'ink';
  let options: Readonly<Record<string, unknown>> = {};
  const contextOf = (c: Context): PaintContext => ({ os, desk, checkpoint, signal: hangUpSignal(c) });

  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => answerFailure(c, bodyTooLarge()) }));
  app.onError((error, c) => answerFailure(c, error));
  app.post('/txt2img', async (c) => c.json(await textToImage(contextOf(c), await readBody(c, textToImageSchema))));
  app.post('/img2img', async (c) => c.json(await imageToImage(contextOf(c), await readBody(c, imageToImageSchema))));
  app.post('/extra-single-image', async (c) => c.json(await enlarge(os, c)));
  app.get('/progress', (c) => c.json(desk.progress(c.req.query('skip_current_image') === 'true')));
  app.post('/interrupt', (c) => {
    desk.interrupt();
    return c.json({});
  });
  app.post('/skip', (c) => {
    desk.interrupt();
    return c.json({});
  });
  app.post('/png-info', async (c) => c.json(await pngInfo(c)));
  app.get('/options', (c) => c.json({ samples_format: 'png', ...options, ...chosen(checkpoint) }));
  app.post('/options', async (c) => {
    const { sd_model_checkpoint: wanted, ...others } = await readBody(c, optionsSchema);
    if (wanted !== undefined) checkpoint = (await findCheckpoint(os, wanted)).id;
    options = { ...options, ...others };
    return c.json(null);
  });
  app.get('/sd-models', async (c) => c.json((await listCheckpoints(os)).map(publicCheckpoint)));
  app.get('/samplers', async (c) => {
    const painters = (await listCheckpoints(os)).filter(({ kind }) => kind === 'painter');
    return c.json(painters.map(({ id, summary }) => ({ name: id, aliases: [summary.en, summary.zh], options: {} })));
  });
  app.get('/schedulers', (c) =>
    c.json([{ name: 'automatic', label: 'Automatic', aliases: null, default_rho: -1, need_inner_model: false }]),
  );
  app.get('/upscalers', (c) =>
    c.json([{ name: 'enlarger', model_name: 'enlarger', model_path: null, model_url: null, scale: 4 }]),
  );
  app.get('/embeddings', (c) => c.json({ loaded: {}, skipped: {} }));
  app.get('/scripts', (c) => c.json({ txt2img: [], img2img: [] }));
  app.get('/cmd-flags', (c) => c.json({ api: true }));
  app.post('/refresh-checkpoints', (c) => c.json(null));
  for (const name of EMPTY_LISTS) app.get(`/${name}`, (c) => c.json([]));
  app.all('*', (c) => answerFailure(c, noSuchRoute(c)));
  return app;
}

const chosen = (id: string): object => ({
  sd_model_checkpoint: `${id} [${hashOf(id)}]`,
  sd_checkpoint_hash: hashOf(id),
});

/** What a picture says of its making; nothing of it is decoded. */
async function pngInfo(c: Context): Promise<object> {
  const { image } = await readBody(c, pngInfoSchema);
  const items = await pictureTexts(bytesOf(image, 'image'));
  const info = items.parameters ?? items.UserComment ?? '';
  return { info, items, parameters: {} };
}

async function enlarge(os: Os, c: Context): Promise<object> {
  const { image, upscaling_resize: times = 2 } = await readBody(c, extraSchema);
  const listener = { signal: hangUpSignal(c) };
  const picture = await bringPicture(os, { bytes: bytesOf(image, 'image'), name: 'picture.png' }, listener);
  const request = { op: 'image/upscale', inputs: [picture.id], options: { times: times > 2 ? 4 : 2 }, seed: 0 };
  const { works } = await runJob(os, request, listener);
  const { bytes } = await os.export(works[0]!.id, 'png');
  return { html_info: '', image: Buffer.from(bytes).toString('base64') };
}

function noSuchRoute(c: Context): OsError {
  return new OsError({
    kind: 'missing',
    code: 'server/no-such-route',
    message: `There is no '${c.req.method} ${c.req.path}' here.`,
    hint: 'What there is stands in docs/doors.md.',
    zh: { message: `此处没有“${c.req.method} ${c.req.path}”。`, hint: '可用的接口见 docs/doors.md。' },
  });
}
