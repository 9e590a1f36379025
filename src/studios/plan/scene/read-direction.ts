/** What a brief says of the picture as a whole: whether one is asked for, manner, format, pixels, number, view, weather, light, hour, season. */
import type { SceneWish } from '../../../kernel/index.ts';
import { parseNumber } from '../numbers.ts';
import type { Scanner } from '../scanner.ts';
import words from './directions.table.json' with { type: 'json' };

export interface Direction {
  readonly wish: Omit<SceneWish, 'elements' | 'without'>;
  readonly hour?: string;
  readonly season?: string;
}

interface Named {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

const patterns = new Map<Named, RegExp>();

function patternOf(entry: Named): RegExp {
  const pattern = patterns.get(entry) ?? new RegExp(`(?:${entry.zh}|(?<![a-z])(?:${entry.en})(?![a-z]))`, 'iu');
  patterns.set(entry, pattern);
  return pattern;
}

const spot = (text: string, table: readonly Named[]): string | undefined =>
  table.find((entry) => patternOf(entry).test(text))?.id;
const take = (scanner: Scanner, table: readonly Named[]): string | undefined =>
  table.filter((entry) => scanner.take(patternOf(entry)) !== undefined)[0]?.id;

/** Reads and blanks manner, format, pixels and number; weather, light, hour and season stay, for they are things too. */
export function readDirection(scanner: Scanner, isPicture = false): Direction {
  const { text } = scanner;
  const size = readSize(scanner);
  const count = readCount(scanner);
  const spoken = withoutNegated(text);
  const asked = isPicture || spot(text, words.asked) !== undefined;
  const painter = asked || size ? take(scanner, words.painters) : takeManner(scanner);
  const format = readFormat(scanner, asked);
  const view = take(scanner, words.views);
  const weather = spot(spoken, words.weathers);
  const light = spot(spoken, words.lights);
  const wish = {
    ...((asked || painter) && { asked: true }),
    ...(painter && { painter }),
    ...(format && { format }),
    ...(size && { size }),
    ...(count && { count }),
    ...(view && { view }),
    ...(weather && { weather }),
    ...(light && { light }),
  } as Direction['wish'];
  blankAsking(scanner, asked);
  const hour = spot(spoken, words.hours);
  const season = spot(spoken, words.seasons);
  return { wish, ...(hour && { hour }), ...(season && { season }) };
}

/** Without a word that asks for a picture only manners that are nothing else count. */
function takeManner(scanner: Scanner): string | undefined {
  const clear = words.painters.filter(({ id }) => id !== 'abstract' && id !== 'line' && id !== 'night-sky');
  return take(scanner, clear);
}

function readFormat(scanner: Scanner, asked: boolean): string | undefined {
  return asked ||
    words.formats.some((entry) => /卷|轴|幅|壁纸|构图|扇面/u.test(patternOf(entry).exec(scanner.text)?.[0] ?? ''))
    ? take(scanner, words.formats)
    : undefined;
}

const withoutNegated = (text: string): string =>
  text.replace(
    /(?:没有|不要|无)[^，。,.；\n的]{1,6}|\b(?:without|no|not)\s+(?:any |the |a )?\w+(?: (?:or|and) \w+)?/giu,
    '\n',
  );

function readSize(scanner: Scanner): SceneWish['size'] {
  const found = scanner.take(/(?<!\d)(\d{2,4})\s*(?:[x×*✕]|乘|by)\s*(\d{2,4})(?!\d)\s*(?:像素|px|pixels)?/iu);
  const width = Number(found?.[1]);
  const height = Number(found?.[2]);
  return width >= 16 && height >= 16 && width <= 8192 && height <= 8192 ? [width, height] : undefined;
}

function readCount(scanner: Scanner): number | undefined {
  const found = scanner.take(
    /(?<=[画绘来给要作]|^)([二两三四五六七八九十]|\d{1,2})(?=[幅张])[幅张]|\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?=(?:\w+ )?(?:pictures|paintings|versions|variations|drawings|images|illustrations|watercolou?rs|woodcuts|sketches)\b)/iu,
  );
  const count = parseNumber((found?.[1] ?? found?.[2] ?? '').toLowerCase());
  return count && count > 1 ? Math.min(20, count) : undefined;
}

const ASKING =
  /(?<![\p{Script=Han}--[我你想要来请您能以会再]])(?:请)?(?:帮我|给我|为我|替我)?(?:画|绘制|描画|绘)(?:出|下|一下|了)?(?=[一二两三四五六七八九十几个幅张只点棵朵座条匹艘枝]|$)|(?<=^|[画绘来给要作做])[一这][幅张](?:的)?|[一这][幅张](?:的)?(?:画|图|插画|作品|海报|壁纸)|(?:的)?(?:插画|插图|配图|海报|(?:手机|电脑|桌面|锁屏)?(?:壁纸|背景图|屏保)|图画|图片|画作|画面|画)(?=[，。,.：:\s]|$)|\b(?:please )?(?:paint|draw|sketch|illustrate|depict|make|create|generate)(?: me| us)? (?:of )?(?=an?\b|the\b|some\b|two\b|three\b)|\b(?:an? |the )?(?:\w+ )?(?:picture|painting|drawing|illustration|image|wallpaper|poster|portrait|print|icon|sticker|emoji|scene)s? (?:of|showing|with)\b/iv;

/** The words that ask for a picture are no things in it. */
function blankAsking(scanner: Scanner, asked: boolean): void {
  if (!asked) return;
  for (let round = 0; round < 8 && scanner.take(ASKING) !== undefined; round++);
}
