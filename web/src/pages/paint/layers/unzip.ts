/** Entries of a ZIP by its directory (PKWARE APPNOTE 4.3.12): stored or deflated, as OpenRaster has them. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Opens one entry. Rejects where the archive has no such name. */
export type OpenEntry = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Reads the directory; an entry is unpacked when it is asked for. Throws where the bytes are no ZIP. */
export function openZip(bytes: Uint8Array<ArrayBuffer>): OpenEntry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = directory(view, bytes);
  return async (name) => {
    const place = places.get(name);
    if (!place) throw new Error(`no ${name} in this file`);
    const from = place.at + 30 + view.getUint16(place.at + 26, true) + view.getUint16(place.at + 28, true);
    const packed = bytes.subarray(from, from + place.size);
    if (!place.deflated) return packed;
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  };
}

interface Place {
  readonly at: number;
  readonly size: number;
  readonly deflated: boolean;
}

function directory(view: DataView, bytes: Uint8Array): ReadonlyMap<string, Place> {
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error('this is no ZIP');
  const places = new Map<string, Place>();
  let at = view.getUint32(end + 16, true);
  while (at < end && view.getUint32(at, true) === ENTRY) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    places.set(new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)), {
      at: view.getUint32(at + 42, true),
      size: view.getUint32(at + 20, true),
      deflated: view.getUint16(at + 10, true) === 8,
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return places;
}
