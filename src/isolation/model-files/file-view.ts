/**
 * A file of a model, read by ranges that are checked against its size: whatever lengths a hostile header claims, nothing
 * beyond the file is read and no more is held than one window.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { engineFault, type FaultDetail } from '../../kernel/index.ts';

export interface FileView extends Disposable {
  readonly size: number;
  /** Bytes of a range, valid until the next call. Throws `engine/broken-model` where the file does not hold it. */
  bytes(at: number, length: number): Uint8Array;
  /** The error of a file that cannot be used. */
  broken(detail: FaultDetail): Error;
}

/** Bytes that are held at once. */
const WINDOW = 65_536;

/** Most bytes that may be asked for at once: a header, never weights. */
const MOST = 100 * 2 ** 20;

/** Opens a file; `model`: the name for errors. */
export function openFileView(path: string, model: string): FileView {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  const read = (at: number, length: number): Uint8Array => {
    const buffer = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const count = readSync(descriptor, buffer, done, length - done, at + done);
      if (count === 0) return buffer.subarray(0, done);
      done += count;
    }
    return buffer;
  };
  return createFileView(size, read, model, () => closeSync(descriptor));
}

/** The same over bytes in memory. */
export function viewBytes(bytes: Uint8Array, model: string): FileView {
  return createFileView(
    bytes.length,
    (at, length) => bytes.subarray(at, at + length),
    model,
    () => undefined,
  );
}

function createFileView(
  size: number,
  read: (at: number, length: number) => Uint8Array,
  model: string,
  close: () => void,
): FileView {
  let [from, held] = [0, new Uint8Array(0)];
  const broken = (detail: FaultDetail): Error => engineFault('broken-model', model, detail);
  return {
    size,
    bytes: (at, length) => {
      const inside = at >= 0 && length >= 0 && at + length <= size && length <= MOST;
      if (!inside)
        throw broken({ en: `it says more than it holds, at byte ${at}`, zh: `第 ${at} 字节处的长度超出文件` });
      if (at < from || at + length > from + held.length) {
        from = at;
        held = new Uint8Array(read(at, Math.min(size - at, Math.max(WINDOW, length))));
      }
      const found = held.subarray(at - from, at - from + length);
      if (found.length < length) throw broken({ en: 'it became shorter while it was read', zh: '读取时文件变短了' });
      return found;
    },
    broken,
    [Symbol.dispose]: close,
  };
}
