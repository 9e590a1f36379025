/** What comes in and goes out as bytes: contents, files of every format, thumbnails, uploads. */

import { jobView } from '../job-view.ts';
import { contentHeaders } from '../safe-content.ts';
import type { Handlers } from './answer.ts';
import { fileKind } from './file-kinds.ts';
import type { Ground } from './ground.ts';
import { createReceiver } from './receive-file.ts';

/** Routes of this group. */
type FileRoutes = 'content' | 'thumbnail' | 'export' | 'upload';

/** What a work is never changes; a browser that has it need not ask again. */
const FOREVER = 'private, max-age=31536000, immutable';

export function fileRoutes({ os, desk, cards }: Ground): Pick<Handlers, FileRoutes> {
  const receive = createReceiver(os);
  return {
    content: async ({ names: { id }, c }) => {
      const { work, bytes } = await os.load(id);
      const etag = `"${work.content}"`;
      if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
      const headers = {
        ...contentHeaders(work.mime, { name: work.title }),
        etag,
        'cache-control': cacheable(id, work.id),
      };
      return new Response(new Uint8Array(bytes), { headers });
    },
    thumbnail: async ({ names: { id }, query: { width, theme }, c }) => {
      const work = await os.works.get(id);
      const etag = `"${work.content}-${width ?? 320}-${theme ?? 'light'}"`;
      if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
      const look = { ...(width === undefined ? {} : { width }), ...(theme === undefined ? {} : { theme }) };
      const bytes = await os.thumbnail(work.id, look);
      const headers = { 'content-type': 'image/webp', etag, 'cache-control': cacheable(id, work.id) };
      return new Response(new Uint8Array(bytes), { headers });
    },
    export: async ({ names: { id, format }, c, signal }) => {
      const { name, mime, bytes } = await os.export(id, format, settingsOf(c.req.query()), { signal });
      const headers = { ...contentHeaders(mime, { name, download: true }), 'cache-control': 'no-store' };
      return new Response(new Uint8Array(bytes), { headers });
    },
    upload: async ({ query: { read = true }, c }) => {
      const work = await receive(c.req.raw);
      desk.worksChanged([work.id]);
      const { op } = fileKind(work.title);
      const job = op === undefined || !read ? null : jobView(await desk.submit({ op, inputs: [work.id] }));
      const [file] = await cards([work]);
      return { file: file!, job };
    },
  };
}

/** An id that was shortened may one day mean another work, or none. */
function cacheable(asked: string, id: string): string {
  return asked === id ? FOREVER : 'no-store';
}

/** Settings come as text; numbers and truth values are what they look like. */
function settingsOf(query: Readonly<Record<string, string>>): object {
  const value = (text: string): unknown => {
    if (text === 'true' || text === 'false') return text === 'true';
    return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
  };
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, value(text)]));
}
