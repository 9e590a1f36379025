/** The files in which a piece leaves the house: notation, sound, pictures. Writers are loaded when they are asked for. */
import { zipSync } from 'fflate';
import { z } from 'zod';
import type { Format, InputWork } from '../../kernel/index.ts';
import { excerptOf } from './excerpt.ts';
import { formatJianpu } from './jianpu/index.ts';
import { refusal } from './refusal.ts';
import { parseScore, type Score } from './score/index.ts';
import type { Sound, SoundTags } from './sound/index.ts';
import { sungText } from './sung-text.ts';

const formats = () => import('./formats/index.ts');
const render = () => import('./render/index.ts');
const sound = () => import('./sound/index.ts');

/** What of the piece is written. */
const noteSettings = z.strictObject({
  bars: z
    .tuple([z.int().min(0), z.int().min(0)])
    .optional()
    .describe('first and last bar; a pickup is 0'),
  tempo: z.number().min(0.1).max(10).optional().describe('factor of speed'),
  parts: z.array(z.string()).min(1).optional().describe('names, ids, instruments or numbers from 1'),
});

/** Also what it is played with. */
const soundSettings = noteSettings.extend({
  soundfont: z.instanceof(Uint8Array).optional().describe('SF2, SF3 or DLS file in place of our instruments'),
});

/** Which sheet is engraved. */
const pageSettings = noteSettings.extend({ page: z.int().min(1).max(300).default(1).describe('page, from 1') });

const stemSettings = soundSettings.extend({ as: z.enum(['wav', 'flac']).default('wav') });

type Write<Settings> = (
  score: Score,
  work: InputWork['work'],
  settings: Settings,
) => Uint8Array | string | Promise<Uint8Array | string>;

/** A format that may be set in the ways of `schema`; it gets the score already cut. */
function settable<Schema extends typeof noteSettings>(
  schema: Schema,
  { write, ...about }: Omit<Format, 'write' | 'settings'> & { write: Write<z.output<Schema>> },
): Format {
  return {
    ...about,
    settings: schema,
    write: async ({ work, document }, given = {}) => {
      const settings = schema.parse(given);
      const made = await write(excerptOf(parseScore(document), settings), work, settings);
      return typeof made === 'string' ? new TextEncoder().encode(made) : made;
    },
  };
}

function format(
  name: string,
  mime: string,
  summary: Format['summary'],
  write: Write<z.output<typeof noteSettings>>,
  extension = name,
): Format {
  return settable(noteSettings, { name, mime, extension, ...(summary && { summary }), write });
}

function soundFormat(
  name: string,
  mime: string,
  summary: Format['summary'],
  encode: (sound: Sound, score: Score, work: InputWork['work']) => Promise<Uint8Array>,
): Format {
  return settable(soundSettings, {
    name,
    mime,
    extension: name,
    ...(summary && { summary }),
    write: async (score, work, { soundfont }) => encode(await soundOf(score, work, { bank: soundfont }), score, work),
  });
}

/** Sound of a score, the same each time; the work's seed plays it. */
async function soundOf(
  score: Score,
  work: InputWork['work'],
  { bank, stems = false }: { bank?: Uint8Array | undefined; stems?: boolean } = {},
): Promise<Sound> {
  const { renderSound } = await sound();
  return renderSound(score, { seed: work.record.seed, stems, ...(bank && { bank }) });
}

/** One file a part in a ZIP: in time, level and place as in the mix, whose sum they are before the limiter. */
async function writeStems(
  score: Score,
  work: InputWork['work'],
  { soundfont, as }: z.output<typeof stemSettings>,
): Promise<Uint8Array> {
  const { encodeFlac, encodeWav } = await sound();
  const { stems, sampleRate } = await soundOf(score, work, { bank: soundfont, stems: true });
  // No stem may clip, and their proportions must stay: what one needs, all get.
  const peak = stems.reduce((most, { left, right }) => Math.max(most, peakOf(left), peakOf(right)), 0);
  const gain = Math.min(1, 0.98 / (peak || 1));
  const files: Record<string, Uint8Array> = {};
  for (const [i, { left, right }] of stems.entries()) {
    const stem = { left: left.map((x) => x * gain), right: right.map((x) => x * gain), sampleRate };
    const { name, instrument } = score.parts[i]!;
    const title = `${score.title || work.title} – ${name || instrument}`;
    files[`${fileName(i, name || instrument)}.${as}`] =
      as === 'wav' ? encodeWav(stem, { bits: 24 }) : await encodeFlac(stem, { tags: { title } });
  }
  return zipSync(files, { level: 0, mtime: new Date(2000, 0, 1) });
}

function refusePage(page: number, last: number): never {
  throw refusal(
    'missing',
    'music/no-such-page',
    { en: `There is no page ${page}; the score has ${last}.`, zh: `没有第 ${page} 页；乐谱共 ${last} 页。` },
    { en: `Ask for a page from 1 to ${last}.`, zh: `请指定 1 到 ${last} 页。` },
  );
}

function peakOf(data: Float32Array): number {
  return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function fileName(place: number, name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return `${String(place + 1).padStart(2, '0')}-${[...safe].slice(0, 40).join('') || 'part'}`;
}

async function tagsOf(score: Score, work: InputWork['work']): Promise<SoundTags> {
  const { pngOf, thumbnailSvg } = await render();
  const lyrics = sungText(score);
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
  settable(pageSettings, {
    name: 'svg',
    mime: 'image/svg+xml',
    extension: 'svg',
    summary: { en: 'an engraved page, the first if none is named', zh: '一页乐谱，未指明时为首页' },
    write: async (score, _work, { page }) => {
      const pages = await (await render()).engraveSvg(score, { firstPages: page });
      return pages[page - 1] ?? refusePage(page, pages.length);
    },
  }),
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
  soundFormat('wav', 'audio/wav', { en: 'sound, lossless', zh: '无损音频' }, async (made) =>
    (await sound()).encodeWav(made),
  ),
  soundFormat(
    'flac',
    'audio/flac',
    { en: 'sound, lossless and small', zh: '无损压缩音频' },
    async (made, score, work) => (await sound()).encodeFlac(made, { tags: await tagsOf(score, work) }),
  ),
  soundFormat('mp3', 'audio/mpeg', { en: 'sound, small', zh: '压缩音频' }, async (made, score, work) =>
    (await sound()).encodeMp3(made, { tags: await tagsOf(score, work) }),
  ),
  settable(stemSettings, {
    name: 'stems',
    mime: 'application/zip',
    extension: 'zip',
    summary: { en: 'a sound file for each part, in a ZIP', zh: '分轨音频（ZIP）' },
    write: writeStems,
  }),
];
