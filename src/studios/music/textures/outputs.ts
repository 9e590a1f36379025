/** The files in which a texture leaves the house: sound with tags and cover, and its picture. The work itself is a WAV file. */
import type { Format, InputWork, Measure } from '../../../kernel/index.ts';
import { encodeFlac, encodeMp3, loudnessOf, type SoundTags, type StereoSound, truePeak } from '../sound/index.ts';
import { spectrogramPng } from './spectrogram.ts';
import { readWav, seamOf } from './wave.ts';

/** Medium of textures. */
export const SOUND = 'sound';

const soundOf = ({ work, bytes }: InputWork): StereoSound => readWav(bytes, work.title);

async function tagsOf(input: InputWork, sound: StereoSound): Promise<SoundTags> {
  const { work } = input;
  return {
    title: work.title,
    artist: 'LLMAgentOS',
    comment: `work ${work.id}, seed ${work.record.seed}`,
    cover: { bytes: await spectrogramPng(sound, { width: 600, height: 600 }), mimeType: 'image/png' },
  };
}

/** All formats of the medium `sound`. */
export const textureFormats: readonly Format[] = [
  {
    name: 'wav',
    mime: 'audio/wav',
    extension: 'wav',
    medium: SOUND,
    summary: { en: 'sound, lossless', zh: '无损音频' },
    write: ({ bytes }) => bytes,
  },
  {
    name: 'flac',
    mime: 'audio/flac',
    extension: 'flac',
    medium: SOUND,
    summary: { en: 'sound, lossless and small', zh: '无损压缩音频' },
    write: async (input) => {
      const sound = soundOf(input);
      return encodeFlac(sound, { tags: await tagsOf(input, sound) });
    },
  },
  {
    name: 'mp3',
    mime: 'audio/mpeg',
    extension: 'mp3',
    medium: SOUND,
    summary: { en: 'sound, small', zh: '压缩音频' },
    write: async (input) => {
      const sound = soundOf(input);
      return encodeMp3(sound, { tags: await tagsOf(input, sound) });
    },
  },
  {
    name: 'png',
    mime: 'image/png',
    extension: 'png',
    medium: SOUND,
    summary: { en: 'spectrogram', zh: '频谱图' },
    write: (input) => spectrogramPng(soundOf(input)),
  },
];

/** Measures a texture. */
export function critiqueTexture(input: InputWork): Measure[] {
  const { left, right, sampleRate } = soundOf(input);
  const channels = [left, right];
  const measure = (name: string, value: number, en: string, zh: string): Measure => ({
    name,
    value,
    summary: { en, zh },
  });
  return [
    measure('seconds', left.length / sampleRate, 'length in seconds', '时长（秒）'),
    measure('loudness', loudnessOf(channels, sampleRate), 'loudness, LUFS', '响度（LUFS）'),
    measure('true-peak', 20 * Math.log10(truePeak(channels)), 'true peak, dBTP', '真峰值（dBTP）'),
    measure(
      'seam',
      Math.max(seamOf(left), seamOf(right)),
      'step over the seam as a share of the greatest within',
      '接缝处的跳变与内部最大跳变之比',
    ),
  ];
}
