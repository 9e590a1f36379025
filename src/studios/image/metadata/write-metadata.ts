/**
 * Puts a record into the file of a picture.
 *
 *   PNG              iTXt `llmagentos` (JSON) · iTXt `parameters` (as AUTOMATIC1111 writes it)
 *   JPEG WebP AVIF   XMP with the record packed · EXIF UserComment with the same `parameters`
 */
import type { Sharp } from 'sharp';
import { formatParameters } from './generators/a1111.ts';
import { generationOfRecord, type OwnRecord } from './own-record.ts';
import { addPngTexts } from './png-texts.ts';
import { OWN_KEY } from './read-texts.ts';
import { formatXmp } from './xmp.ts';

/** Characters of UserComment at most: JPEG keeps all EXIF in one segment. */
const LONGEST_COMMENT = 15_000;

/** Encodes a picture with its record; `size` is that of the file. */
export async function encodeWithRecord(
  picture: Sharp,
  {
    record,
    size,
    isPng,
  }: { readonly record: OwnRecord; readonly size: readonly [number, number]; readonly isPng: boolean },
): Promise<Uint8Array> {
  const generation = generationOfRecord(record);
  const parameters = generation ? formatParameters({ ...generation, size: generation.size ?? size }) : '';
  const json = JSON.stringify(record);
  if (isPng) {
    const texts = { [OWN_KEY]: json, ...(parameters !== '' && { parameters }) };
    return addPngTexts(await picture.toBuffer(), texts);
  }
  const comment = parameters.slice(0, LONGEST_COMMENT);
  const room = 'x'.repeat(2 * comment.length);
  const held = picture
    .withXmp(formatXmp({ record: json, words: comment }))
    .withExif({ IFD0: { Software: 'LLMAgentOS' }, IFD2: { UserComment: room } });
  return fillComment(await held.toBuffer(), room, comment);
}

/** The encoder writes EXIF in ASCII alone: it is given room, which is then filled with UTF-16, as the standard has it. */
function fillComment(bytes: Buffer, room: string, comment: string): Uint8Array {
  const at = bytes.indexOf(`ASCII\0\0\0${room}`, 0, 'latin1');
  if (at >= 0 && comment !== '') {
    bytes.write('UNICODE\0', at, 'latin1');
    Buffer.from(comment, 'utf16le')
      .swap16()
      .copy(bytes, at + 8);
  }
  return new Uint8Array(bytes);
}
