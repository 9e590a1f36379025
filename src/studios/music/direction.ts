/**
 * Direction: from a plan and the artist's options to what is composed and who plays it.
 *
 *   options ▸ plan.music ▸ what themes, mood and language suggest (drawn by seed)
 *
 * What was not asked is chosen within the manner's own bounds; everything chosen stands in the result, so the artist can
 * see it and change it.
 */
import type { Random } from '../../core/index.ts';
import type { Plan } from '../../kernel/index.ts';
import { type Ensemble, ensembleOf, getEnsemble } from './arrange/index.ts';
import { refusal } from './refusal.ts';
import { MODE_NAMES, MODES, type Mode } from './score/index.ts';
import defaults from './style-defaults.table.json' with { type: 'json' };
import type { TuneWish } from './tunes/index.ts';

type StyleName = keyof typeof defaults;
/** Manners that a piece can be asked for in. */
export const STYLE_NAMES = Object.keys(defaults) as StyleName[];

/** Wishes given outright; each wins over the plan. */
export interface DirectionWish {
  readonly style?: string | undefined;
  /** `D minor`, `G zhi`, `D徵`, or a tonic alone. */
  readonly key?: string | undefined;
  readonly metre?: string | undefined;
  readonly tempo?: number | undefined;
  readonly form?: string | undefined;
  readonly bars?: number | undefined;
  readonly instruments?: readonly string[] | undefined;
  readonly ensemble?: string | undefined;
  readonly density?: 1 | 2 | 3 | 4 | 5 | undefined;
  readonly title?: string | undefined;
}

export interface Direction {
  readonly wish: TuneWish & {
    readonly [name in 'style' | 'tonic' | 'mode' | 'metre' | 'quarterBpm' | 'bars']: NonNullable<TuneWish[name]>;
  };
  readonly ensemble: Ensemble;
  readonly title: string;
  readonly language: 'zh' | 'en';
}

/** Settles everything; throws `music/unknown-style`, `music/bad-key`, `music/bad-metre`, and what naming instruments throws. */
export function direct(plan: Plan | undefined, wish: DirectionWish, random: Random): Direction {
  const asked = plan?.music ?? {};
  const language = plan?.language ?? 'en';
  const mood = plan?.mood ?? { valence: 0.2, arousal: 0 };
  const wanted = wish.metre ?? asked.metre?.join('/');
  const named = styleOf(wish.style ?? asked.style) ?? inMetre(suggestStyle(plan, random), wanted, random);
  const style = danceOf(named, wanted);
  const manner = defaults[style];
  const key = { ...suggestKey(manner, mood, random), ...askedKey(asked), ...parseKey(wish.key) };
  const metre = metreOf(wanted ?? manner.metre);
  return {
    language,
    title: wish.title || plan?.title || titleOf(style, key, language),
    ensemble: chooseEnsemble(wish, asked, manner.ensemble),
    wish: {
      style,
      tonic: key.tonic,
      mode: key.mode,
      metre,
      quarterBpm: wish.tempo ?? plan?.tempo ?? suggestTempo(manner.tempo, mood.arousal),
      form: wish.form ?? asked.form ?? manner.form,
      bars: wish.bars ?? asked.bars ?? manner.bars,
      density: wish.density ?? (manner.density as 1),
      mood,
      title: wish.title ?? plan?.title ?? '',
    },
  };
}

function askedKey({ tonic, mode }: NonNullable<Plan['music']>): { tonic?: string; mode?: Mode } {
  return { ...(tonic && { tonic }), ...(mode && { mode: mode as Mode }) };
}

/** `Reel in D Dorian`, `江南曲 · D羽调式`: what a piece is called when nobody named it. */
function titleOf(style: StyleName, { tonic, mode }: { tonic: string; mode: Mode }, language: 'zh' | 'en'): string {
  const name = defaults[style].names[language];
  return language === 'zh' ? `${name} · ${tonic}${MODE_NAMES[mode].zh}` : `${name} in ${tonic} ${MODE_NAMES[mode].en}`;
}

/** Landscapes and things that call for a manner, by the words of themes and imagery. */
const LANDSCAPES: readonly (readonly [RegExp, StyleName])[] = [
  [/塞|边|沙|漠|黄河|秦|关山|草原|胡|戍|北|雪|风沙|马/u, 'northern'],
  [/禅|琴|钟|僧|松|竹|幽|孤|隐|空山|鹤/u, 'guqin'],
  [/山|岭|云|樵|牧|峰/u, 'mountain-song'],
  [/戏|舞台|宫|殿/u, 'opera'],
  [/江南|水|雨|荷|莲|舟|船|桥|柳|烟|湖|渔|春/u, 'jiangnan'],
];

function suggestStyle(plan: Plan | undefined, random: Random): StyleName {
  const { valence, arousal } = plan?.mood ?? { valence: 0.2, arousal: 0 };
  if (plan?.language === 'zh') {
    const words = plan.themes.map(({ word, source }) => word + source).join('');
    return (
      LANDSCAPES.find(([pattern]) => pattern.test(words))?.[1] ??
      random.pick(['jiangnan', 'xiaodiao', 'guqin'] as const)
    );
  }
  if (arousal > 0.4) return valence > 0 ? random.pick(['reel', 'jig', 'polka'] as const) : 'march';
  if (arousal < -0.4) return valence > 0 ? 'lullaby' : 'art-song';
  return random.pick(['folk', 'waltz', 'art-song'] as const);
}

/** A jig in 12/8 is what players call a slide. */
function danceOf(style: StyleName, metre: string | undefined): StyleName {
  return style === 'jig' && metre?.replace(/\s/g, '') === '12/8' ? 'slide' : style;
}

/** Airs and dances from which a manner is drawn where the one suggested goes in another metre: no waltz in four. */
const FOR_METRE: readonly StyleName[] = ['folk', 'waltz', 'lullaby', 'slip-jig', 'slide', 'polka'];

function inMetre(style: StyleName, metre: string | undefined, random: Random): StyleName {
  const { metre: own, modes } = defaults[style];
  // Chinese tunes keep their manner in every metre.
  if (metre === undefined || own === metre || modes.includes('gong') || modes.includes('yu')) return style;
  const fitting = FOR_METRE.filter((each) => defaults[each].metre === metre);
  return fitting.length > 0 ? random.pick(fitting) : 'folk';
}

/** Brighter modes stand first in a manner's list; the mood chooses, chance wavers. */
function suggestKey(
  manner: (typeof defaults)[StyleName],
  { valence }: { valence: number },
  random: Random,
): { tonic: string; mode: Mode } {
  const { modes, tonics } = manner;
  const gloom = Math.min(
    modes.length - 1,
    Math.floor(((1 - valence) / 2) * modes.length + (random.next() - 0.5) * 0.6),
  );
  return { tonic: random.pick(tonics), mode: modes[Math.max(0, gloom)] as Mode };
}

function suggestTempo([slow, fast]: number[], arousal: number): number {
  return Math.round(slow! + ((arousal + 1) / 2) * (fast! - slow!));
}

function chooseEnsemble(wish: DirectionWish, asked: NonNullable<Plan['music']>, usual: string): Ensemble {
  if (wish.instruments?.length) return ensembleOf(wish.instruments);
  if (wish.ensemble) return getEnsemble(wish.ensemble);
  if (asked.instruments?.length) return ensembleOf(asked.instruments);
  return getEnsemble(asked.ensemble ?? usual);
}

function styleOf(name: string | undefined): StyleName | undefined {
  if (name === undefined) return undefined;
  const style = STYLE_NAMES.find((each) => each === name.trim().toLowerCase());
  if (style) return style;
  throw refusal(
    'input',
    'music/unknown-style',
    { en: `There is no style '${name}'.`, zh: `没有名为“${name}”的风格。` },
    { en: `Choose one of ${STYLE_NAMES.join(', ')}.`, zh: `可选：${STYLE_NAMES.join('、')}。` },
  );
}

const CHINESE_MODES: Readonly<Record<string, Mode>> = {
  大调: 'major',
  小调: 'minor',
  宫: 'gong',
  商: 'shang',
  角: 'jue',
  徵: 'zhi',
  征: 'zhi',
  羽: 'yu',
};

/** `D minor`, `Bb`, `F# dorian`, `降B大调`, `D徵调式`; throws `music/bad-key`. */
export function parseKey(text: string | undefined): { tonic?: string; mode?: Mode } {
  if (text === undefined) return {};
  const found = /^\s*([降升]?)([A-Ga-g])([#♯b♭]?)\s*(m(?![a-z])|\p{Script=Han}+|[a-z]+)?\s*$/u.exec(text);
  const [, before, letter, after, word = ''] = found ?? [];
  const han = Object.keys(CHINESE_MODES).find((name) => word.startsWith(name));
  const mode =
    word === ''
      ? undefined
      : word === 'm'
        ? 'minor'
        : han
          ? CHINESE_MODES[han]
          : MODES.find((each) => each === word.toLowerCase());
  if (!letter || (word !== '' && !mode)) throw badKey(text);
  const sign =
    before === '降' || /[b♭]/.test(after ?? '') ? 'b' : before === '升' || /[#♯]/.test(after ?? '') ? '#' : '';
  return { tonic: `${letter.toUpperCase()}${sign}`, ...(mode && { mode }) };
}

const METRES = ['2/4', '3/4', '4/4', '2/2', '3/8', '6/8', '9/8', '12/8', '6/4', '5/4', '5/8', '7/8'] as const;

function metreOf(text: string): (typeof METRES)[number] {
  const found = METRES.find((metre) => metre === text.replace(/\s/g, ''));
  if (found) return found;
  throw refusal(
    'input',
    'music/bad-metre',
    { en: `'${text}' is not a metre we can write in.`, zh: `“${text}”不是可用的拍号。` },
    { en: `Choose one of ${METRES.join(', ')}.`, zh: `可选：${METRES.join('、')}。` },
  );
}

function badKey(text: string): Error {
  return refusal(
    'input',
    'music/bad-key',
    { en: `'${text}' is not a key.`, zh: `“${text}”不是调。` },
    { en: 'Write it like D, Bb minor, E dorian, G zhi or D徵.', zh: '写法如 D、降B小调、E dorian、G徵。' },
  );
}
