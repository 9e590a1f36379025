/**
 * Works as resources:
 *
 *   llmagentos://works/ID            in words, or as a picture of at most 1024 pixels
 *   llmagentos://works/ID/FORMAT     as a file: txt, md, png, svg, mp3, mid, musicxml, pdf …
 */
import type { ReadResourceResult, Resource, ResourceTemplate } from '@modelcontextprotocol/sdk/types.js';
import { OsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import { addressOf, resourceOf, smallPicture, wordsOf } from './work-content.ts';

const PAGE = 50;

export const TEMPLATES: readonly ResourceTemplate[] = [
  {
    uriTemplate: 'llmagentos://works/{id}',
    name: 'work',
    title: 'A work · 作品',
    description: 'A work in words, or as a picture of at most 1024 pixels. 作品的文字，或不超过 1024 像素的图。',
  },
  {
    uriTemplate: 'llmagentos://works/{id}/{format}',
    name: 'work-file',
    title: 'A work as a file · 作品文件',
    description:
      'A work in one of its formats: verse and prose txt md json; picture png webp jpeg svg psd; music mid abc musicxml pdf mp3 wav. 作品的某种格式。',
  },
];

/** One page of works, newest first; the cursor is the last one's id. */
export async function listResources(
  os: Os,
  cursor: string | undefined,
): Promise<{ resources: Resource[]; nextCursor?: string }> {
  const works = await os.works.list({ limit: PAGE, ...(cursor !== undefined && { before: cursor }) });
  const resources = works.map(resourceOf);
  return works.length < PAGE ? { resources } : { resources, nextCursor: works.at(-1)!.id };
}

/** Throws `server/no-such-resource`, `storage/work-missing`, `host/no-format`. */
export async function readResource(os: Os, uri: string): Promise<ReadResourceResult> {
  const [, id, format] = /^llmagentos:\/\/works\/([0-9a-f]{4,64})(?:\/([a-z0-9]{1,20}))?$/.exec(uri) ?? [];
  if (id === undefined) throw noSuchResource(uri);
  const work = await os.works.get(id);
  if (format !== undefined) return readFile(os, uri, work.id, format);
  if (work.medium === 'picture') {
    const blob = Buffer.from(await smallPicture(os, work.id)).toString('base64');
    return { contents: [{ uri, mimeType: 'image/png', blob }] };
  }
  const facts = JSON.stringify({ id: work.id, medium: work.medium, title: work.title, record: work.record });
  const text = (await wordsOf(os, work)) || facts;
  return { contents: [{ uri: addressOf(work.id), mimeType: 'text/plain', text }] };
}

async function readFile(os: Os, uri: string, id: string, format: string): Promise<ReadResourceResult> {
  const { bytes, mime } = await os.export(id, format);
  const mimeType = mime.replace(/;.*/, '');
  const isText = mimeType.startsWith('text/') || /[/+](json|xml)$/.test(mimeType);
  if (isText) return { contents: [{ uri, mimeType, text: new TextDecoder().decode(bytes) }] };
  return { contents: [{ uri, mimeType, blob: Buffer.from(bytes).toString('base64') }] };
}

function noSuchResource(uri: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'server/no-such-resource',
    message: `'${uri.slice(0, 200)}' is no address of a work.`,
    hint: 'Write llmagentos://works/ID, or llmagentos://works/ID/FORMAT.',
    zh: {
      message: `“${uri.slice(0, 200)}”不是作品的地址。`,
      hint: '请写 llmagentos://works/编号，或 llmagentos://works/编号/格式。',
    },
  });
}
