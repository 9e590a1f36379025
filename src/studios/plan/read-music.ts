/**
 * What a brief asks of the music: whether a piece is wanted, its manner, key, metre, tempo, form, length and instruments.
 *
 * Names of instruments and manners are wishes only where music is asked for: in 关于古筝的诗 the zither is a theme.
 */
import type { Bilingual, MusicWish } from '../../kernel/index.ts';
import words from './lexicon/music.table.json' with { type: 'json' };
import { parseNumber } from './numbers.ts';
import type { Scanner } from './scanner.ts';

const PIECE =
  /(?:[写作谱来给编创一]|[一二三四五两几\d]+[首支段个])(?:曲子|乐曲|曲调|旋律|音乐|纯音乐|配乐|[独合]奏曲|歌曲|民歌|小曲|夜曲|舞曲|圆舞曲|进行曲|摇篮曲|琴曲|曲(?!折|线|水|径|江))|(?:谱|配|作|编|写)曲|[琴筝笛箫胡弦琶舞行篮]曲(?!折|线)|(?:大调|小调|调式|[A-G]调)(?:的)?(?:曲子|乐曲|旋律|曲)|(?:的|之)(?:曲子|乐曲|旋律|音乐|配乐)|\b(?:tunes?|melod(?:y|ies)|music|pieces? (?:of music|for)|songs? without words|composition|soundtrack|waltz|reel|jig|hornpipe|polka|march|lullaby|nocturne)\b/iu;

/** What was read about the music. */
export interface MusicReading {
  readonly music?: MusicWish;
  /** Quarter notes a minute. */
  readonly tempo?: number;
  readonly notes: readonly Bilingual[];
}

/** Reads the wishes for music and blanks them; the word that asks for a piece is blanked too. */
export function readMusic(scanner: Scanner): MusicReading {
  if (!PIECE.test(scanner.text)) return { notes: [] };
  const style = takeId(scanner, words.styles);
  const key = readKey(scanner);
  const tempo = readTempo(scanner);
  const ensemble = takeId(scanner, words.ensembles);
  const instruments = [
    ...readInstruments(scanner),
    ...(words.styles.find(({ id }) => id === style)?.instruments ?? []),
  ];
  const music: MusicWish = {
    asked: true,
    ...(style && { style }),
    ...key,
    ...readMetre(scanner),
    ...readForm(scanner),
    ...readBars(scanner),
    ...(instruments.length > 0 && { instruments }),
    ...(ensemble && { ensemble }),
    ...readCount(scanner),
  };
  while (scanner.take(PIECE) !== undefined);
  return { music, ...(tempo && { tempo }), notes: [] };
}

interface Named {
  readonly zh: string;
  readonly en: string;
}

const pattern = ({ zh, en }: Named, around = ''): RegExp =>
  new RegExp(`(?:${zh}|(?<![a-z])(?:${en})(?![a-z]))${around}`, 'iu');

function takeId<T extends Named & { readonly id: string }>(scanner: Scanner, table: readonly T[]): string | undefined {
  return table.find((entry) => scanner.take(pattern(entry)) !== undefined)?.id;
}

/** `D小调`, `降B大调`, `F# minor`, `D徵调式`, `in A minor`. */
function readKey(scanner: Scanner): Pick<MusicWish, 'tonic' | 'mode'> {
  for (const mode of words.modes) {
    const chinese = new RegExp(`([降升]?)([A-G])([#♯b♭]?)\\s*(?:${mode.zh})`, 'u');
    const english = new RegExp(
      `(?:in )?(?:the key of )?()\\b([A-G])(#|♯|b(?![a-z])|♭|[- ]sharp|[- ]flat)?[ -](?:${mode.en})\\b(?: key)?`,
      'iu',
    );
    const found = scanner.take(chinese) ?? scanner.take(english);
    if (!found) continue;
    const [, before, letter, after = ''] = found;
    const flat = before === '降' || /^(?:b|♭|[- ]flat)$/iu.test(after);
    const sharp = before === '升' || /^(?:#|♯|[- ]sharp)$/iu.test(after);
    return { tonic: `${letter!.toUpperCase()}${flat ? 'b' : sharp ? '#' : ''}`, mode: mode.id };
  }
  const bare = words.modes.find((mode) => scanner.take(pattern(mode, '(?! ?key)')) !== undefined);
  return { ...readTonic(scanner), ...(bare && { mode: bare.id }) };
}

/** A tonic alone: `in D`, `in B flat`, `D调`. The letter is a capital, and no article of a noun that follows. */
function readTonic(scanner: Scanner): Pick<MusicWish, 'tonic'> {
  const found =
    scanner.take(/()([A-G])()\s*调(?!式)/u) ??
    scanner.take(
      /\bin (?:the key of )?()([A-G])(?:[ -]?(#|♯|♭|sharp|flat)|(b))?(?=\s*(?:$|[,.;:!?，。]|\d|at\b|with\b|for\b|about\b|and\b))/u,
    );
  if (!found) return {};
  const sign = found[4] ? 'b' : signOf(found[3]);
  return { tonic: `${found[2]!}${sign}` };
}

function signOf(word = ''): '' | '#' | 'b' {
  if (/^(?:#|♯|sharp)$/u.test(word)) return '#';
  return word === '' ? '' : 'b';
}

function readTempo(scanner: Scanner): number | undefined {
  const found = scanner.take(
    /(?:每分钟|速度)?\s*[♩=]*\s*(\d{2,3})\s*(?:bpm|拍每分钟?|拍\/分|beats (?:per|a) minute)/iu,
  );
  const exact = found ?? scanner.take(/(?:每分钟|速度|tempo(?: of)?)\s*(\d{2,3})\s*拍?/iu);
  if (exact) return Math.min(320, Math.max(20, Number(exact[1])));
  return words.tempos.find((entry) => scanner.take(pattern(entry, '(?:板|的)?')) !== undefined)?.bpm;
}

function readMetre(scanner: Scanner): Pick<MusicWish, 'metre'> {
  const figures = scanner.take(/(?<!\d)(\d{1,2})\s*[/／]\s*(2|4|8|16)\s*(?:拍子?|time)?(?!\d)/u);
  if (figures) return { metre: [Math.max(1, Number(figures[1])), Number(figures[2])] };
  // 四三拍: unit first.
  const spoken = scanner.take(/([二四八])分?之?([二三四五六九]|十二)拍/u);
  const unit = parseNumber(spoken?.[1] ?? '');
  const beats = parseNumber(spoken?.[2] ?? '');
  return unit && beats ? { metre: [beats, unit] } : {};
}

function readForm(scanner: Scanner): Pick<MusicWish, 'form'> {
  const letters = scanner.take(/(?<![A-Za-z])([A-D]{2,8})(?:结构|曲式|式|\s*form)?(?![A-Za-z])/u);
  if (letters) return { form: letters[1]! };
  const form = takeId(scanner, words.forms);
  return form ? { form } : {};
}

function readBars(scanner: Scanner): Pick<MusicWish, 'bars'> {
  const found = scanner.take(
    /(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:个)?小节|(\d{1,3})[- ](?:bars?|measures?)\b/iu,
  );
  const bars = parseNumber(found?.[1] ?? found?.[2] ?? '');
  return bars ? { bars: Math.min(256, bars) } : {};
}

function readInstruments(scanner: Scanner): string[] {
  const found = words.instruments.flatMap((entry) => {
    const match = scanner.take(pattern(entry, '(?:独奏|曲|演奏|主奏|s)?'));
    return match ? [{ id: entry.id, at: match.index }] : [];
  });
  return found.sort((a, b) => a.at - b.at).map(({ id }) => id);
}

function readCount({ text }: Scanner): Pick<MusicWish, 'count'> {
  const found =
    /([二两三四五六七八九十]|\d{1,2})(?=[首支段](?:曲|乐|旋律|音乐|歌|小曲))|\b(\w+)(?= (?:tunes|melodies|pieces)\b)/iu.exec(
      text,
    );
  const count = parseNumber((found?.[1] ?? found?.[2] ?? '').toLowerCase());
  return count && count > 1 ? { count: Math.min(20, count) } : {};
}
