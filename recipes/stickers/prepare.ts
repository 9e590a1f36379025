/**
 * Lays the pictures that the sticker model learns from on sheets, with what each may be called in Chinese and English.
 *
 *   node recipes/stickers/prepare.ts DATA_FOLDER OUT [--styles flat,3d,icon] [--seed stickers]
 *
 * DATA_FOLDER holds `image_emoji_fluent3d` (each emoji flat and in 3D, names in both languages) and `image_icons_game`
 * (line drawings, English names). Each emoji is laid down several times: as it is, and turned, moved and in other colours;
 * a picture of one colour learns the colour's name. Signs, letters, flags and clock faces are left out. OUT gets sheets of
 * 16 × 16 tiles and `index.jsonl`; the key of a line is the thing's name, so that a name is learned or held out as a whole.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import { type ColourName, colourOf } from './colours.ts';
import { chineseOf } from './names.ts';

const SIZE = 128;
const ROW = 16;
const LEFT_OUT = /^(symbols|flags)$/;
const CLOCK = /o’clock|-thirty/;
const NAMED_COLOUR = /\b(red|orange|yellow|green|blue|purple|pink|brown|black|white|grey|gray|rainbow|blond)\b/i;
const ABSTRACT = /^abstract \d|\d$/;

/** One picture to be laid down. */
interface Tile {
  /** RGB, SIZE × SIZE. */
  readonly pixels: Uint8Array;
  readonly name: string;
  readonly key: string;
  readonly category: string;
  readonly path: string;
  readonly author?: string;
  readonly caption: {
    readonly names: readonly string[];
    readonly tags: readonly string[];
    readonly colours: readonly string[];
    readonly style: string;
  };
}

interface Emoji {
  readonly hex: string;
  readonly name_en: string;
  readonly name_zh: string;
  readonly tags_en: readonly string[];
  readonly tags_zh: readonly string[];
  readonly group: string;
  readonly subgroup: string;
  readonly files: Readonly<Record<string, string>>;
}

interface Icon {
  readonly path: string;
  readonly name: string;
  readonly author: string;
  readonly viewBox: string;
  readonly d: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: 'stickers' }, styles: { type: 'string', default: 'flat,3d,icon' } },
});
const [data, out] = positionals;
if (!data || !out) throw new Error('name the folder of data and a folder for the sheets');
const styles = values.styles.split(',');
mkdirSync(out, { recursive: true });

const lay = createSheets(out);
for (const emoji of readEmoji(join(data, 'image_emoji_fluent3d'))) {
  for (const style of ['flat', '3d'].filter((one) => styles.includes(one)))
    await layEmoji(join(data, 'image_emoji_fluent3d'), emoji, style);
}
const icons = join(data, 'image_icons_game', 'vectors.jsonl.gz');
for (const icon of styles.includes('icon') ? readIcons(icons) : []) await lay.add(await tileOfIcon(icon));
process.stdout.write(`${await lay.finish()} pictures\n`);

function readEmoji(folder: string): Emoji[] {
  return readFileSync(join(folder, 'labels.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Emoji)
    .filter(({ group, name_en }) => !LEFT_OUT.test(group) && !CLOCK.test(name_en));
}

/** As it is, then changed: people fewer times, for there are many of them. */
async function layEmoji(folder: string, emoji: Emoji, style: string): Promise<void> {
  const file = emoji.files[style];
  if (!file) return;
  const source = readFileSync(join(folder, file));
  const variants = emoji.group === 'people-body' ? 2 : style === 'flat' ? 4 : 3;
  for (let variant = 0; variant < variants; variant++) {
    const random = createRandom(`${values.seed}/${emoji.hex}/${style}/${variant}`);
    const recoloured = variant > 0 && variant % 2 === 1 && !NAMED_COLOUR.test(emoji.name_en);
    const pixels = variant === 0 ? await whole(source) : await changed(source, random, recoloured);
    await lay.add(tileOfEmoji(emoji, { style, variant, pixels, colour: colourOf(pixels) }));
  }
}

function tileOfEmoji(
  emoji: Emoji,
  made: { style: string; variant: number; pixels: Uint8Array; colour: ColourName | undefined },
): Tile {
  return {
    pixels: made.pixels,
    name: emoji.name_en,
    key: keyOf(emoji.name_en),
    category: emoji.subgroup,
    path: `${emoji.hex}/${made.style}/${made.variant}`,
    caption: {
      names: [emoji.name_en, emoji.name_zh],
      tags: [...emoji.tags_en, ...emoji.tags_zh],
      colours: made.colour && !NAMED_COLOUR.test(emoji.name_en) ? made.colour : [],
      style: made.style,
    },
  };
}

/** A man, a woman and a person doing one thing are one name. */
function keyOf(name: string): string {
  return name.toLowerCase().replace(/^(man|woman|person|men|women|people|old) /, '');
}

async function whole(source: Uint8Array): Promise<Uint8Array> {
  return await sharp(source)
    .resize(SIZE, SIZE, { fit: 'contain', background: '#ffffff00' })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** Turned by up to 12°, 3/4 to full size, moved within the tile, in other colours. */
async function changed(source: Uint8Array, random: Random, recoloured: boolean): Promise<Uint8Array> {
  const turned = sharp(source).rotate(24 * random.next() - 12, { background: '#ffffff00' });
  const size = Math.round(SIZE * (0.76 + 0.24 * random.next()));
  const coloured = recoloured ? turned.modulate({ hue: 40 + random.integer(281) }) : turned;
  const small = await coloured.resize(size, size, { fit: 'contain', background: '#ffffff00' }).png().toBuffer();
  const [left, top] = [random.integer(SIZE - size + 1), random.integer(SIZE - size + 1)];
  return await sharp({ create: { width: SIZE, height: SIZE, channels: 3, background: '#ffffff' } })
    .composite([{ input: small, left, top }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

function readIcons(path: string): Icon[] {
  return gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Icon)
    .filter(({ name }) => !ABSTRACT.test(name));
}

async function tileOfIcon({ path, name, author, viewBox, d }: Icon): Promise<Tile> {
  const paths = d.map((one) => `<path d="${one}"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="${viewBox}">${paths}</svg>`;
  return {
    pixels: await whole(Buffer.from(svg)),
    name,
    key: keyOf(name),
    category: 'icon',
    path,
    author,
    caption: { names: [name, ...chineseOf(name)], tags: [], colours: [], style: 'icon' },
  };
}

/** Tiles on PNG sheets, and their index. */
function createSheets(folder: string) {
  const lines: object[] = [];
  let sheet = Buffer.alloc(ROW * ROW * SIZE * SIZE * 3, 255);
  const save = async (number: number): Promise<void> => {
    const side = ROW * SIZE;
    await sharp(sheet, { raw: { width: side, height: side, channels: 3 } })
      .png({ compressionLevel: 3 })
      .toFile(join(folder, atlasOf(number)));
    sheet = Buffer.alloc(sheet.length, 255);
  };
  return {
    add: async ({ pixels, ...line }: Tile): Promise<void> => {
      if (pixels.length !== SIZE * SIZE * 3) throw new Error(`${line.path} has ${pixels.length} bytes`);
      const at = lines.length % (ROW * ROW);
      const [x, y] = [(at % ROW) * SIZE, Math.floor(at / ROW) * SIZE];
      for (let row = 0; row < SIZE; row++) {
        sheet.set(pixels.subarray(row * SIZE * 3, (row + 1) * SIZE * 3), ((y + row) * ROW * SIZE + x) * 3);
      }
      const atlas = atlasOf(Math.floor(lines.length / (ROW * ROW)));
      lines.push({ atlas, x, y, w: SIZE, h: SIZE, ...line });
      if (at === ROW * ROW - 1) await save(Math.floor((lines.length - 1) / (ROW * ROW)));
    },
    finish: async (): Promise<number> => {
      if (lines.length % (ROW * ROW) !== 0) await save(Math.floor(lines.length / (ROW * ROW)));
      writeFileSync(join(folder, 'index.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
      return lines.length;
    },
  };
}

function atlasOf(number: number): string {
  return `sheet-${String(number).padStart(2, '0')}.png`;
}
