/** PackBits (Apple TN1023): a run of one byte, or a stretch of bytes as they are, each behind a signed count. Row by row. */
import type { Bitmap } from '../raster/index.ts';

/** One channel of a bitmap packed; the length of each row beside the bytes of all. */
export function packRows(
  { width, height, data }: Bitmap,
  channel: number,
): { readonly lengths: number[]; readonly bytes: Uint8Array } {
  const row = new Uint8Array(width);
  const packed = new Uint8Array(width + Math.ceil(width / 128) + 1);
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) row[x] = data[(y * width + x) * 4 + channel]!;
    rows.push(packed.slice(0, packRow(row, packed)));
  }
  return { lengths: rows.map(({ length }) => length), bytes: new Uint8Array(Buffer.concat(rows)) };
}

/** Runs and stretches are at most so long. */
const MOST = 128;

function packRow(row: Uint8Array, packed: Uint8Array): number {
  let end = 0;
  for (let at = 0; at < row.length; ) {
    const run = runAt(row, at);
    if (run >= 3 || (run === 2 && at + 2 === row.length)) {
      packed[end++] = 257 - run;
      packed[end++] = row[at]!;
      at += run;
      continue;
    }
    let stop = at;
    while (stop < row.length && stop - at < MOST && runAt(row, stop) < 3) stop++;
    packed[end++] = stop - at - 1;
    packed.set(row.subarray(at, stop), end);
    end += stop - at;
    at = stop;
  }
  return end;
}

/** How often the byte at a place stands there in a row. */
function runAt(row: Uint8Array, at: number): number {
  let length = 1;
  while (length < MOST && row[at + length] === row[at]) length++;
  return length;
}
