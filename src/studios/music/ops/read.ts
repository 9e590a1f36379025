/** The op `music/read`: a file that the artist brings becomes a score. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { toWork } from './work.ts';

export const readMusicFile = defineOp({
  name: 'music/read',
  version: 1,
  summary: { en: 'Reads a MIDI, ABC or MusicXML file as a score.', zh: '把 MIDI、ABC 或 MusicXML 文件读成乐谱。' },
  options: z.object({}),
  inputs: [{ name: 'file', medium: 'file' }],
  async run(_context, inputs) {
    const { readMusic } = await import('../formats/index.ts');
    const { work, bytes } = inputs[0]!;
    const { score, warnings } = readMusic(bytes, work.title);
    const title = score.title || work.title.replace(/\.[a-z]+$/i, '');
    return { works: [toWork({ ...score, title }, { warnings: warnings.length })], report: { warnings } };
  },
});
