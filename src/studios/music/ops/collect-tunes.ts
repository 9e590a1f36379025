/** The op `tunes/collect`: the music files of an artist's folder, kept as they are. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { hooksOf } from './made.ts';

/** Kinds of file that hold music, as the training engine names them. */
const MUSIC_KINDS = ['midi', 'abc', 'musicxml'] as const;

export const collectTunes = defineOp({
  name: 'tunes/collect',
  version: 1,
  summary: {
    en: 'Takes the music in a folder (MIDI, ABC, MusicXML) and notes the SHA-256 and licence of each file.',
    zh: '收取文件夹中的音乐（MIDI、ABC、MusicXML），记下每个文件的 SHA-256 与许可。',
  },
  options: z.object({
    folder: z.string().min(1).describe('folder to read, absolute path'),
    licence: z.string().optional().describe('licence of the whole folder, as SPDX name; the files decide when absent'),
  }),
  async run(context, _inputs, { folder, licence }) {
    const made = await context.workshop().collectFiles({ folder, kinds: MUSIC_KINDS, licence }, hooksOf(context));
    const title = folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;
    return { works: [{ medium: 'corpus', title, document: made }] };
  },
});
