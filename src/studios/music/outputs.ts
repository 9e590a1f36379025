/** The files in which a piece leaves the house: notation, sound, pictures. Writers are loaded when they are asked for. */
import type { Format, InputWork } from '../../kernel/index.ts';
import { formatJianpu } from './jianpu/index.ts';
import { parseScore, type Score } from './score/index.ts';
import type { Sound, SoundTags } from './sound/index.ts';

const formats = () => import('./formats/index.ts');
const render = () => import('./render/index.ts');
const sound = () => import('./sound/index.ts');

type Write = (score: Score, work: InputWork['work']) => Uint8Array | string | Promise<Uint8Array | string>;

function format(name: string, mime: string, summary: Format['summary'], write: Write, extension = name): Format {
  return {
    name,
    mime,
    extension,
    ...(summary && { summary }),
    write: async ({ work, document }) => {
      const made = await write(parseScore(document), work);
      return typeof made === 'string' ? new TextEncoder().encode(made) : made;
    },
  };
}

/** Sound of a score, the same each time; the work's seed plays it. */
async function soundOf(score: Score, work: InputWork['work']): Promise<Sound> {
  const { renderSound } = await sound();
  return renderSound(score, { seed: work.record.seed });
}

async function tagsOf(score: Score, work: InputWork['work']): Promise<SoundTags> {
  const { pngOf, thumbnailSvg } = await render();
  const lyrics = score.parts.flatMap(({ notes }) => notes.flatMap((note) => note.lyrics?.[0]?.text ?? [])).join(' ');
  return {
    title: score.title || work.title,
    artist: score.composer ?? 'LLMAgentOS',
    comment: `work ${work.id}, seed ${work.record.seed}`,
    ...(lyrics && { lyrics }),
    cover: { bytes: await pngOf(thumbnailSvg(score, { width: 600, height: 600 }), 600), mimeType: 'image/png' },
  };
}

/** All formats of the medium `music`. */
export const musicFormats: readonly Format[] = [
  format(
    'txt',
    'text/plain',
    { en: 'melody in numbered notation', zh: '旋律简谱' },
    (score) => `${score.title}\n${formatJianpu(score)}\n`,
  ),
  format(
    'json',
    'application/json',
    { en: 'the score as data', zh: '乐谱数据' },
    (score) => `${JSON.stringify(score, null, 2)}\n`,
  ),
  format('mid', 'audio/midi', { en: 'Standard MIDI File', zh: '标准 MIDI' }, async (score) =>
    (await formats()).writeMidi(score),
  ),
  format('abc', 'text/vnd.abc', { en: 'ABC notation', zh: 'ABC 记谱' }, async (score) =>
    (await formats()).writeAbc(score),
  ),
  format('musicxml', 'application/vnd.recordare.musicxml+xml', { en: 'MusicXML 4', zh: 'MusicXML 4' }, async (score) =>
    (await formats()).writeMusicXml(score),
  ),
  format(
    'mxl',
    'application/vnd.recordare.musicxml',
    { en: 'MusicXML, compressed', zh: '压缩的 MusicXML' },
    async (score) => (await formats()).writeMxl(score),
  ),
  format(
    'svg',
    'image/svg+xml',
    { en: 'first engraved page', zh: '乐谱首页' },
    async (score) => (await (await render()).engraveSvg(score, { firstPages: 1 }))[0]!,
  ),
  format('pdf', 'application/pdf', { en: 'engraved pages', zh: '整份乐谱' }, async (score) =>
    (await render()).engravePdf(score),
  ),
  format(
    'roll',
    'image/svg+xml',
    { en: 'piano roll', zh: '钢琴卷帘' },
    async (score) => (await render()).pianoRollSvg(score),
    'svg',
  ),
  format('png', 'image/png', { en: 'small picture of the piece', zh: '作品小图' }, async (score) => {
    const { pngOf, thumbnailSvg } = await render();
    return pngOf(thumbnailSvg(score), 960);
  }),
  format('wav', 'audio/wav', { en: 'sound, lossless', zh: '无损音频' }, async (score, work) =>
    (await sound()).encodeWav(await soundOf(score, work)),
  ),
  format('flac', 'audio/flac', { en: 'sound, lossless and small', zh: '无损压缩音频' }, async (score, work) =>
    (await sound()).encodeFlac(await soundOf(score, work), { tags: await tagsOf(score, work) }),
  ),
  format('mp3', 'audio/mpeg', { en: 'sound, small', zh: '压缩音频' }, async (score, work) =>
    (await sound()).encodeMp3(await soundOf(score, work), { tags: await tagsOf(score, work) }),
  ),
];
