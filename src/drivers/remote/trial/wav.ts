/** A WAV of whole numbers of 16 bits, for tests. */
export function wav(rate: number, channels: number, samples: readonly number[]): Uint8Array {
  const body = Buffer.alloc(44 + samples.length * 2);
  body.write('RIFF', 0, 'latin1');
  // The length that servers write who stream and do not know it.
  body.writeUInt32LE(0xffffffff, 4);
  body.write('WAVEfmt ', 8, 'latin1');
  body.writeUInt32LE(16, 16);
  body.writeUInt16LE(1, 20);
  body.writeUInt16LE(channels, 22);
  body.writeUInt32LE(rate, 24);
  body.writeUInt32LE(rate * channels * 2, 28);
  body.writeUInt16LE(channels * 2, 32);
  body.writeUInt16LE(16, 34);
  body.write('data', 36, 'latin1');
  body.writeUInt32LE(0xffffffff, 40);
  for (const [i, value] of samples.entries()) body.writeInt16LE(Math.round(value * 32767), 44 + 2 * i);
  return new Uint8Array(body);
}
