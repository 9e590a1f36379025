/**
 * The pictures and the listing of docs/music.md, made by the studio itself:  node bench/music-pictures.ts
 *
 *   静夜思 sung with piano ─▶ docs/pictures/song-page.webp (engraved) · docs/pictures/song-jianpu.txt (numbered notation)
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { addChords } from '../src/studios/music/add-chords.ts';
import { arrangeSong, getEnsemble, withPlayed } from '../src/studios/music/arrange/index.ts';
import { formatJianpu } from '../src/studios/music/jianpu/index.ts';
import { engraveSvg } from '../src/studios/music/render/index.ts';
import type { Score } from '../src/studios/music/score/index.ts';
import { chineseLine, setSong, voiceRange } from '../src/studios/music/words/index.ts';

const folder = new URL('../docs/pictures/', import.meta.url);

function song(): Score {
  const lines = ['床前明月光', '疑是地上霜', '举头望明月', '低头思故乡'].map((line) => chineseLine(line));
  const key = { tonic: 'D', mode: 'gong' } as const;
  const { score, played } = setSong(lines, {
    title: '静夜思',
    key,
    metre: [4, 4],
    tempo: 76,
    range: voiceRange(key),
    pace: 1,
    melisma: 0.4,
    interludes: 'opening',
    seed: 1,
  });
  const { chords } = addChords(withPlayed(score, played));
  return arrangeSong({ ...score, chords }, played, getEnsemble('voice-and-piano'), { seed: 1, language: 'zh' });
}

async function picture(name: string, svg: string, width: number): Promise<void> {
  const image = sharp(Buffer.from(svg), { density: 144 }).flatten({ background: 'white' }).resize({ width });
  await writeFile(new URL(name, folder), await image.webp({ quality: 78 }).toBuffer());
}

const sung = song();
await writeFile(new URL('song-jianpu.txt', folder), formatJianpu(sung));
const [page] = await engraveSvg(sung, { pageHeight: 150, firstPages: 1 });
await picture('song-page.webp', page!, 900);
