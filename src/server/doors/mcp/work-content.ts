/** Works as a model sees them: words as text, pictures as pictures of at most 1024 pixels, each with the address of the whole. */
import type { ContentBlock, Resource } from '@modelcontextprotocol/sdk/types.js';
import sharp from 'sharp';
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';

/** Pixels of the longer side. */
const LONGEST = 1024;

/** The medium of brought files; whatever they are, they are not shown. */
const FILE = 'file';

export const addressOf = (id: string, format?: string): string =>
  `llmagentos://works/${id}${format === undefined ? '' : `/${format}`}`;

/** A work in a list of resources. */
export function resourceOf({ id, title, medium, createdAt, record }: Work): Resource {
  return {
    uri: addressOf(id),
    name: `${medium}-${id.slice(0, 8)}`,
    title: title || id,
    description: `${medium} · ${record.op} · ${createdAt}`,
    mimeType: medium === 'picture' ? 'image/png' : 'text/plain',
  };
}

/** What a tool shows of a work: itself, and its address with the formats it can be had in. */
export async function showWork(os: Os, work: Work): Promise<ContentBlock[]> {
  const formats = os.listFormats(work.medium);
  const link: ContentBlock = { ...resourceOf(work), type: 'resource_link' };
  const head = `${work.medium} ${work.id}${work.title === '' ? '' : ` 《${work.title}》`}`;
  const had = formats.length === 0 ? '' : `\n${addressOf(work.id)}/{${formats.join('|')}}`;
  if (work.medium === 'picture') {
    const data = Buffer.from(await smallPicture(os, work.id)).toString('base64');
    return [{ type: 'text', text: head + had }, { type: 'image', data, mimeType: 'image/png' }, link];
  }
  const words = await wordsOf(os, work);
  return [{ type: 'text', text: words === '' ? head + had : `${head}${had}\n\n${words}` }, link];
}

/** A work in words: a poem's lines, a score's summary, a plan's; empty for what has none. */
export async function wordsOf(os: Os, { id, medium }: Work): Promise<string> {
  if (medium === FILE || !os.listFormats(medium).includes('txt')) return '';
  return new TextDecoder().decode((await os.export(id, 'txt')).bytes);
}

/** PNG of at most 1024 pixels a side. */
export async function smallPicture(os: Os, id: string): Promise<Uint8Array> {
  const { bytes } = await os.export(id, 'png', { bare: true });
  const fit = { width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true } as const;
  return new Uint8Array(await sharp(bytes).resize(fit).png().toBuffer());
}
