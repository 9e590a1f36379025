/** Files of a ZIP in which nothing is compressed, as the stems come (PKWARE APPNOTE 4.3.7): name and bytes, in order. */
export function readStoredZip(bytes: Uint8Array<ArrayBuffer>): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50) {
    if (view.getUint16(at + 8, true) !== 0) throw new Error('compressed entries are not read here');
    const size = view.getUint32(at + 18, true);
    const nameEnd = at + 30 + view.getUint16(at + 26, true);
    const from = nameEnd + view.getUint16(at + 28, true);
    files.push({
      name: new TextDecoder().decode(bytes.subarray(at + 30, nameEnd)),
      bytes: bytes.slice(from, from + size),
    });
    at = from + size;
  }
  return files;
}
