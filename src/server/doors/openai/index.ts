/** The door for programs that speak OpenAI's HTTP interface. Mounted under /v1; see docs/doors.md for what each parameter does here. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { OsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import { bodyTooLarge, LARGEST_BODY } from '../body-size.ts';
import { chat } from './chat.ts';
import { complete } from './completions.ts';
import { editImage } from './edits.ts';
import { createEmbeddings } from './embeddings.ts';
import { answerFailure } from './failure.ts';
import { fetchWork } from './fetch-work.ts';
import { generateImages } from './images.ts';
import { findModel, listModels, publicModel } from './models.ts';
import { makeMusic } from './music.ts';
import { respond } from './responses.ts';

/** Routes relative to /v1. Who may come in is checked before it. */
export function createOpenaiDoor(os: Os): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => answerFailure(c, bodyTooLarge()) }));
  app.get('/models', async (c) => {
    const models = await listModels(os);
    return c.json({ object: 'list', data: models.map(publicModel) });
  });
  app.get('/models/:id', async (c) => {
    const all = (await listModels(os)).map(({ kind }) => kind);
    return c.json(publicModel(await findModel(os, c.req.param('id'), all)));
  });
  app.post('/chat/completions', (c) => chat(os, c));
  app.post('/completions', (c) => complete(os, c));
  app.post('/responses', (c) => respond(os, c));
  app.post('/embeddings', createEmbeddings(os));
  app.post('/images/generations', (c) => generateImages(os, c));
  app.post('/images/edits', (c) => editImage(os, c));
  app.get('/images/:file', (c) => fetchWork(os, c));
  app.get('/audio/:file', (c) => fetchWork(os, c));
  app.post('/audio/music', (c) => makeMusic(os, c));
  app.all('*', (c) => answerFailure(c, noSuchRoute(c)));
  app.onError((error, c) => answerFailure(c, error));
  return app;
}

function noSuchRoute(c: Context): OsError {
  const asked = `${c.req.method} ${c.req.path}`;
  return new OsError({
    kind: 'missing',
    code: 'server/no-such-route',
    message: `There is no '${asked}' here.`,
    hint: 'What there is stands in docs/doors.md.',
    zh: { message: `此处没有“${asked}”。`, hint: '可用的接口见 docs/doors.md。' },
  });
}

export { listModels, type NamedModel } from './models.ts';
