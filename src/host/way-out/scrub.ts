/**
 * Takes keys out of an answer: a server that repeats the key it was asked with ("Incorrect API key provided: …") would
 * otherwise put it into errors, works and logs.
 */

const INSTEAD = Buffer.from('[key]');

/** Cleans a stream of bytes piece by piece; what may be the beginning of a secret waits for the next piece. */
export interface Scrubber {
  push(piece: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** A scrubber for so many secrets; with none, everything passes as it is. */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const needles = secrets.map((secret) => Buffer.from(secret)).sort((a, b) => b.length - a.length);
  let kept = Buffer.alloc(0);
  if (needles.length === 0) return { push: (piece) => piece, end: () => kept };
  return {
    push: (piece) => {
      const whole = clean(Buffer.concat([kept, piece]), needles);
      const wait = Math.max(...needles.map((needle) => beginningAtEnd(whole, needle)));
      kept = Buffer.from(whole.subarray(whole.length - wait));
      return whole.subarray(0, whole.length - wait);
    },
    end: () => kept,
  };
}

/** A text without the secrets. */
export function scrubText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, INSTEAD.toString()), text);
}

function clean(bytes: Buffer, needles: readonly Buffer[]): Buffer {
  let left = bytes;
  for (const needle of needles) {
    for (let at = left.indexOf(needle); at >= 0; at = left.indexOf(needle, at + INSTEAD.length)) {
      left = Buffer.concat([left.subarray(0, at), INSTEAD, left.subarray(at + needle.length)]);
    }
  }
  return left;
}

/** How many of the last bytes are the beginning of the needle. */
function beginningAtEnd(bytes: Buffer, needle: Buffer): number {
  for (let length = Math.min(bytes.length, needle.length - 1); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(needle.subarray(0, length))) return length;
  }
  return 0;
}
