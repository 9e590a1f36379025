/**
 * FLAC and MP3 with tags and cover, by mediabunny and its encoders (libFLAC and LAME, compiled to WebAssembly).
 *
 * The encoders are registered at first use, for this process.
 */
import { registerFlacEncoder } from '@mediabunny/flac-encoder';
import { registerMp3Encoder } from '@mediabunny/mp3-encoder';
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  canEncodeAudio,
  FlacOutputFormat,
  type MetadataTags,
  Mp3OutputFormat,
  Output,
} from 'mediabunny';
import { id3Tag } from './id3.ts';
import type { SoundTags } from './tags.ts';
import { quantised, type StereoSound } from './wav.ts';

export interface CompressOptions {
  readonly tags?: SoundTags;
  readonly signal?: AbortSignal;
}

/** A lossless FLAC file of 16 bits, dithered. */
export async function encodeFlac(sound: StereoSound, options: CompressOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await canEncodeAudio('flac'))) registerFlacEncoder();
  const output = new Output({ format: new FlacOutputFormat(), target: new BufferTarget() });
  return encode(sound, output, new AudioSampleSource({ codec: 'flac' }), options);
}

export interface Mp3Options extends CompressOptions {
  /** Bits a second; default 192000. */
  readonly bitrate?: number;
}

/** An MP3 file. */
export async function encodeMp3(
  sound: StereoSound,
  { bitrate = 192_000, tags = {}, ...options }: Mp3Options = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await canEncodeAudio('mp3'))) registerMp3Encoder();
  const output = new Output({ format: new Mp3OutputFormat(), target: new BufferTarget() });
  const stream = await encode(sound, output, new AudioSampleSource({ codec: 'mp3', bitrate }), options);
  const tag = id3Tag(tags);
  const bytes = new Uint8Array(tag.length + stream.length);
  bytes.set(tag, 0);
  bytes.set(stream, tag.length);
  return bytes;
}

async function encode(
  sound: StereoSound,
  output: Output<FlacOutputFormat | Mp3OutputFormat, BufferTarget>,
  source: AudioSampleSource,
  { tags = {}, signal }: CompressOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  output.addAudioTrack(source);
  output.setMetadataTags(metadataOf(tags));
  await output.start();
  const samples = quantised(sound, 16);
  const second = 2 * sound.sampleRate;
  for (let at = 0; at < samples.length; at += second) {
    signal?.throwIfAborted();
    const piece = Int16Array.from(samples.subarray(at, at + second));
    const sample = new AudioSample({
      data: piece,
      format: 's16',
      numberOfChannels: 2,
      sampleRate: sound.sampleRate,
      timestamp: at / second,
    });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  return new Uint8Array(output.target.buffer!);
}

function metadataOf({ cover, ...tags }: SoundTags): MetadataTags {
  return {
    ...tags,
    ...(cover ? { images: [{ data: cover.bytes, mimeType: cover.mimeType, kind: 'coverFront' }] } : {}),
  };
}
