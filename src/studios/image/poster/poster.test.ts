import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { STYLES } from '../lettering/index.ts';
import { flatten, writeOpenRaster } from '../picture/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { breakLines } from './break-lines.ts';
import { calmest, measureUnrest } from './calm.ts';
import { checkPoster } from './check-poster.ts';
import { chooseColour, contrastRatio, luminance, ratioOn } from './contrast.ts';
import { createLetters, lettersFor } from './faces.ts';
import { findLayout, LAYOUTS, makePoster, type PosterText, picturePdf, posterSvg } from './index.ts';
import { type Piece, type PieceOptions, piecesOf } from './pieces.ts';
import type { Ruby } from './ruby.ts';
import { setStack } from './set-stack.ts';
import { tonesOf } from './tones.ts';
import { FORMAT_NAMES } from './types.ts';
import { zhuyinOf } from './zhuyin.ts';

const LINES: PieceOptions = {
  letters: createLetters('', 'brush'),
  face: 'book',
  way: 'across',
  tracking: 0,
  upper: false,
  condensed: 1,
  display: false,
};

const linesOf = (text: string, width: number, options = LINES): string[] =>
  breakLines(piecesOf(text, options), width, 99)!.map(({ pieces }) => pieces.map((piece) => piece.text).join(''));

/** Sky above, hills in noise below, one red sun. */
function scene(width = 90, height = 120): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const rough = ((x * 7919 + y * 104729) % 97) * 1.6;
      const isSun = Math.hypot(x - width * 0.7, y - height * 0.2) < width * 0.1;
      const colour = isSun
        ? [200, 50, 30]
        : y < height / 2
          ? [170, 190 + y / 3, 205]
          : [40 + rough, 60 + rough, 50 + rough];
      bitmap.data.set([...colour, 255], at);
    }
  }
  return bitmap;
}

const NONE: PosterText = { title: '', subtitle: '', author: '', date: '', lines: [] };
const TEXTS: readonly PosterText[] = [
  {
    title: '当我们谈论星空时，我们在谈论什么',
    subtitle: '短篇小说集',
    author: '顾望舒',
    date: '2026年11月',
    lines: ['“她写下的每一个字，都像是从水里捞起来的。”', '——《北方文学》'],
  },
  {
    title: 'What We Talk About When We Talk About the Sea',
    subtitle: 'Collected stories',
    author: 'Thomas Avery Walden',
    date: '12 November 2026',
    lines: ['Directed by Mira Olsen', 'Music by T. Wu'],
  },
  { ...NONE, title: '歲月靜好', subtitle: '李白詩選', author: '顧望舒', lines: ['舉頭望明月，低頭思故鄉。'] },
  { ...NONE, title: '西湖 West Lake 2026', author: '陈 Chen Yu', date: '2026.11.23 – 12.31' },
  { ...NONE, title: '雪' },
];

test('[IM20] every layout sets long, short, Chinese, English and mixed words in every format, none clipped, overlapping or hard to read', {
  timeout: 240_000,
}, async () => {
  const source = scene();
  for (const [i, layout] of LAYOUTS.entries()) {
    for (const [k, text] of TEXTS.entries()) {
      const format = FORMAT_NAMES[(i + k) % FORMAT_NAMES.length]!;
      const style = STYLES[(i + k) % 3]!;
      const ruby = [undefined, 'pinyin', 'zhuyin'][(i + 2 * k) % 3] as Ruby | undefined;
      const { picture, facts } = await makePoster(source, text, {
        layout,
        format,
        style,
        ruby,
        longest: 220,
        seed: '1',
      });
      const said = Object.entries(text).filter(([, words]) => words.length > 0);
      const where = `${layout.id} ${format} ${style} ${ruby} ${text.title}`;
      assert.deepEqual(facts.reads.map(({ role }) => role).sort(), said.map(([role]) => role).sort(), where);
      for (const { ratio, needed } of facts.reads) assert.ok(ratio >= needed, where);
      for (const [role] of said)
        assert.ok(
          picture.layers.some(({ id }) => id === role),
          where,
        );
    }
  }
});

test('[IM20] the ink of all letters is on the sheet as it was set', async () => {
  const text = TEXTS[0]!;
  const { picture } = await makePoster(scene(), text, {
    layout: findLayout('grid'),
    format: 'a4',
    longest: 400,
    seed: '1',
  });
  const title = picture.layers.find(({ id }) => id === 'title')!;
  const box = { x: title.x, y: title.y, right: title.x + title.bitmap.width, bottom: title.y + title.bitmap.height };
  assert.ok(box.x > 5 && box.y > 5 && box.right < picture.width - 5 && box.bottom < picture.height - 5);
  const ink = title.bitmap.data.filter((value, i) => i % 4 === 3 && value > 128).length;
  assert.ok(ink > 0.1 * title.bitmap.width * title.bitmap.height, `${ink}`);
});

test('[IM21] no line begins with a closing mark or ends with an opening one', () => {
  const text = '她说：“走吧，我们去看海。”于是（那天下午）他们都去了《海边》——没有人回来……';
  for (let width = 5; width < 16; width += 0.5) {
    for (const line of linesOf(text, width)) {
      assert.doesNotMatch(line, /^[，。：”）》…—]/u);
      assert.doesNotMatch(line, /[“（《]$/u);
    }
  }
});

test('lines are even, and break between words where they can', () => {
  assert.deepEqual(linesOf('我们在谈论什么', 4.4), ['我们在', '谈论什么']);
  assert.deepEqual(linesOf('The sea and the silence', 6.2), ['The sea and', 'the silence']);
  assert.equal(breakLines(piecesOf('Constantinople', LINES), 3, 9), undefined);
});

test('Chinese and Latin stand apart without a typed space, and a typed one adds nothing', () => {
  const length = (text: string): number => piecesOf(text, LINES).reduce((sum, piece) => sum + piece.length, 0);
  const alone = length('夜') + length('Night');
  assert.ok(length('夜Night') - alone > 0.15 && length('夜Night') - alone < 0.3);
  assert.ok(Math.abs(length('夜 Night') - length('夜Night')) < 0.1);
});

test('Latin is kerned', () => {
  const length = (text: string): number => piecesOf(text, LINES)[0]!.length;
  assert.ok(length('AV') < length('A') + length('V') - 0.05);
});

const column = { ...LINES, way: 'down' as const };
const inkOfPiece = (text: string): { x: number[]; y: number[] } => {
  const points = piecesOf(text, column)[0]!.letters.flat(2);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] };
};

test('[IM21] in columns pauses stand upper right, brackets and dashes turn, quotes become corner brackets, short numbers stand upright', () => {
  const pause = inkOfPiece('，');
  assert.ok(pause.x[0]! > 0.2 && pause.y[1]! < 0.5);
  const bracket = inkOfPiece('《');
  assert.ok(bracket.x[1]! - bracket.x[0]! > bracket.y[1]! - bracket.y[0]!, 'wide, not tall');
  const dash = inkOfPiece('—');
  assert.ok(dash.y[1]! - dash.y[0]! > 4 * (dash.x[1]! - dash.x[0]!));
  assert.equal(
    piecesOf('“夜”', column)
      .map(({ text }) => text)
      .join(''),
    '『夜』',
  );
  const number = inkOfPiece('26');
  assert.ok(Math.abs(number.x[0]! + number.x[1]!) < 0.1 && number.y[1]! < 1);
  const word = inkOfPiece('Night');
  assert.ok(word.y[1]! - word.y[0]! > 1.5 && word.x[1]! - word.x[0]! < 1.2);
  const han = inkOfPiece('国');
  assert.ok(Math.abs(han.x[0]! + han.x[1]!) < 0.06, 'on the axis');
});

test('ruby gives each character the reading it has in its word, above it', () => {
  const options = { ...LINES, ruby: 'pinyin' as const };
  const [plain, spoken] = [piecesOf('重庆', LINES), piecesOf('重庆', options)];
  const top = (piece: (typeof plain)[number]): number => Math.min(...piece.letters.flat(2).map(([, y]) => y));
  assert.ok(top(spoken[0]!) < top(plain[0]!) - 0.15);
  assert.equal(spoken[0]!.letters.length, 1 + [...'chóng'].length);
  assert.equal(piecesOf('行走', options)[0]!.letters.length, 1 + [...'xíng'].length);
  assert.equal(piecesOf('银行', options)[1]!.letters.length, 1 + [...'háng'].length);
});

test('[IM82] zhuyin stands on the right of its character, in lines and in columns, with its tone beside it', () => {
  for (const way of ['across', 'down'] as const) {
    const [plain, spoken] = [undefined, 'zhuyin' as const].map(
      (ruby) => piecesOf('銀行', { ...LINES, letters: createLetters('銀行', 'serif'), way, ruby })[1]!,
    ) as [Piece, Piece];
    const right = (piece: Piece): number => Math.max(...piece.letters[0]!.flat().map(([x]) => x));
    const added = spoken.letters.slice(1).flat(2);
    assert.equal(spoken.letters.length, 1 + [...'ㄏㄤˊ'].length, way);
    assert.ok(Math.min(...added.map(([x]) => x)) > right(spoken), way);
    assert.equal(spoken.length > plain.length + 0.3, way === 'across');
  }
});

test('[IM82] pinyin becomes zhuyin, syllable by syllable', () => {
  const said = Object.entries({
    chong2: 'ㄔㄨㄥˊ',
    hang2: 'ㄏㄤˊ',
    zhi1: 'ㄓ',
    si4: 'ㄙˋ',
    er3: 'ㄦˇ',
    yi1: 'ㄧ',
    ye4: 'ㄧㄝˋ',
    you3: 'ㄧㄡˇ',
    yuan2: 'ㄩㄢˊ',
    yong3: 'ㄩㄥˇ',
    yu3: 'ㄩˇ',
    wu2: 'ㄨˊ',
    wei4: 'ㄨㄟˋ',
    wen2: 'ㄨㄣˊ',
    weng1: 'ㄨㄥ',
    wo3: 'ㄨㄛˇ',
    ju2: 'ㄐㄩˊ',
    xue3: 'ㄒㄩㄝˇ',
    qun2: 'ㄑㄩㄣˊ',
    nü3: 'ㄋㄩˇ',
    lve4: 'ㄌㄩㄝˋ',
    liu2: 'ㄌㄧㄡˊ',
    gui1: 'ㄍㄨㄟ',
    lun2: 'ㄌㄨㄣˊ',
    ying1: 'ㄧㄥ',
    ren2: 'ㄖㄣˊ',
    xiong2: 'ㄒㄩㄥˊ',
    de0: 'ㄉㄜ˙',
    ma5: 'ㄇㄚ˙',
  });
  for (const [pinyin, zhuyin] of said) {
    const { letters, tone } = zhuyinOf(pinyin)!;
    assert.equal(letters + tone, zhuyin, pinyin);
  }
  for (const nonsense of ['', 'xyz', 'hm', '2', 'b1']) assert.equal(zhuyinOf(nonsense), undefined, nonsense);
});

test('[IM80] traditional words have one hand in every style: marks in the middle, corner quotes in columns, small words printed', () => {
  const text: PosterText = { ...NONE, title: '山中', lines: ['歲月，“靜”好'] };
  const fonts = (['brush', 'serif', 'sans'] as const).map((style) => {
    const lettersOf = lettersFor(text, style);
    assert.equal(lettersOf('title').traditional, true);
    return lettersOf('lines').letter('歲', 'book')!.outlines;
  });
  assert.deepEqual(fonts[0], fonts[1], 'lines are printed where the title is written');
  assert.notDeepEqual(fonts[1], fonts[2]);
  const letters = createLetters('歲月，', 'serif');
  const options = { ...column, letters };
  assert.equal(
    piecesOf('“靜”', options)
      .map(({ text: said }) => said)
      .join(''),
    '「靜」',
  );
  const pause = piecesOf('，', options)[0]!
    .letters.flat(2)
    .map(([x]) => x);
  assert.ok(Math.abs(Math.min(...pause) + Math.max(...pause)) < 0.05, 'on the axis');
});

test('a year is not broken, nor parted from its word', () => {
  assert.deepEqual(linesOf('臺北，二〇二六年', 5.4), ['臺北，', '二〇二六年']);
  assert.deepEqual(linesOf('二〇二六年十一月', 5.6), ['二〇二六年', '十一月']);
});

test('the colour of a field bears pale type', () => {
  for (const colour of [
    [240, 170, 60],
    [120, 200, 90],
    [250, 120, 150],
    [90, 140, 250],
  ]) {
    const bitmap = createBitmap(8, 8);
    for (let at = 0; at < bitmap.data.length; at += 4) bitmap.data.set([...colour, 255], at);
    assert.ok(contrastRatio(luminance(tonesOf(bitmap).accent), luminance([252, 250, 246])) >= 4.5);
  }
});

test('contrast is that of WCAG', () => {
  assert.ok(Math.abs(contrastRatio(luminance([0, 0, 0]), luminance([255, 255, 255])) - 21) < 1e-9);
  assert.ok(Math.abs(contrastRatio(luminance([119, 119, 119]), luminance([255, 255, 255])) - 4.478) < 0.01);
});

test('type that cannot be read gets a veil, no thicker than it needs', () => {
  const grey: Bitmap = { width: 20, height: 20, data: new Uint8ClampedArray(1600).fill(128) };
  const box = { x: 0, y: 0, width: 20, height: 20 };
  const veils = { dark: [0, 0, 0], light: [255, 255, 255] } as const;
  const { colour, veil } = chooseColour(grey, [{ box, needed: 7 }], [[255, 255, 255]], veils);
  assert.ok(veil.opacity > 0.1 && veil.opacity < 0.6);
  assert.ok(ratioOn(grey, box, colour) < 7 && ratioOn(grey, box, colour, veil) >= 7);
  const easy = chooseColour(grey, [{ box, needed: 3 }], [[255, 255, 255]], veils);
  assert.equal(easy.veil.opacity, 0);
});

test('the calmest place is the flat one', () => {
  const unrest = measureUnrest(scene());
  const { x, y, height } = calmest(unrest, 0.4, 0.3, { x: 0.05, y: 0.05, width: 0.9, height: 0.9 });
  assert.ok(y + height <= 0.52 && x < 0.3, `${x} ${y}`);
});

test('what is clipped, overlaps or cannot be read is found', () => {
  const sheet = { width: 1000, height: 1600, mmPerUnit: 0.13 };
  const ink = { x: 100, y: 100, width: 300, height: 80 };
  const read = { role: 'title', ratio: 5, needed: 3 } as const;
  const good = { texts: [{ role: 'title', ink } as const], reads: [read], ...sheet };
  assert.deepEqual(checkPoster(good), []);
  assert.equal(checkPoster({ ...good, texts: [{ role: 'title', ink: { ...ink, x: 800 } }] }).length, 1);
  assert.equal(checkPoster({ ...good, texts: [...good.texts, { role: 'author', ink: { ...ink, y: 170 } }] }).length, 1);
  assert.equal(checkPoster({ ...good, reads: [{ ...read, ratio: 2.9 }] }).length, 1);
});

test('bleed and dpi give the pixels that print needs; the picture goes on into the bleed', async () => {
  const text = { ...NONE, title: '雪' };
  const { picture } = await makePoster(scene(), text, {
    layout: findLayout('film'),
    format: 'a4',
    bleed: 3,
    dpi: 50,
    seed: '1',
  });
  assert.deepEqual([picture.width, picture.height], [Math.round((216 / 25.4) * 50), Math.round((303 / 25.4) * 50)]);
  const shown = picture.layers.find(({ id }) => id === 'picture')!;
  assert.deepEqual([shown.x, shown.y, shown.bitmap.width, shown.bitmap.height], [0, 0, picture.width, picture.height]);
});

test('[IM1] the same poster again is the same', async () => {
  const options = { layout: findLayout('void'), format: 'square', longest: 200, seed: '5' } as const;
  const [one, again] = [await makePoster(scene(), TEXTS[3]!, options), await makePoster(scene(), TEXTS[3]!, options)];
  assert.deepEqual(flatten(one.picture), flatten(again.picture));
});

test('what no typeface can write, or no layout hold, is refused', async () => {
  const make = (title: string) =>
    makePoster(scene(), { ...NONE, title }, { layout: findLayout('slip'), format: 'a4', longest: 200, seed: '1' });
  await assert.rejects(make('夜 ก'), { code: 'image/no-letters' });
  await assert.rejects(make('很长的书名'.repeat(60)), { code: 'image/too-much-text' });
  assert.throws(() => findLayout('nowhere'), { code: 'image/unknown-layout' });
});

test('a stack leaves out what is not said', () => {
  const stack = {
    box: { x: 0, y: 0, width: 500, height: 300 },
    way: 'across',
    align: 'left',
    stand: 'top',
    colours: [],
    items: [
      { role: 'title', sizes: [20, 60], face: 'book' },
      { role: 'date', sizes: [20, 20], face: 'book' },
    ],
  } as const;
  const set = setStack(stack, { ...NONE, title: '雪' }, { lettersOf: () => createLetters('', 'brush') })!;
  assert.deepEqual(
    set.map(({ role }) => role),
    ['title'],
  );
});

test('a page for print has its trim and bleed, and its type as outlines where the letters are', async () => {
  const layout = findLayout('centred');
  const { picture } = await makePoster(scene(), TEXTS[0]!, {
    layout,
    format: 'a4',
    bleed: 3,
    dpi: 40,
    ruby: 'pinyin',
    seed: '1',
  });
  const bytes = await writeOpenRaster(picture);
  const pdf = Buffer.from(await picturePdf(bytes, '夜')).toString('latin1');
  assert.match(pdf, /\/TrimBox \[8\.5\d* 8\.5\d* 603\.7\d* 850\.3\d*\]/);
  assert.equal(await picturePdf(bytes, '夜').then((again) => Buffer.from(again).toString('latin1')), pdf);
  const svg = await posterSvg(bytes);
  assert.match(svg, /width="216mm" height="303mm"/);
  const drawn = await sharp(Buffer.from(svg))
    .resize(picture.width, picture.height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  const flat = flatten(picture).data;
  const away = flat.reduce((sum, value, i) => sum + Math.abs(value - drawn[i]!), 0) / flat.length;
  assert.ok(away < 4, `${away}`);
});
