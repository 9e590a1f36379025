/**
 * The director's eye: reads a brief or a finished poem, Chinese or English, into the scene of the plan.
 *
 *   text ─▶ manner, format, size … blanked ─▶ words with their meanings ─▶ grammar ─▶ elements, weighted
 *                                                            └─▶ what is missing added, what was not understood noted
 *
 * Pure and without chance: the same text gives the same scene.
 */
import type { Bilingual, SceneElement, SceneWish } from '../../../kernel/index.ts';
import { loadLexicon } from '../lexicon.ts';
import { createScanner } from '../scanner.ts';
import { toSimplified } from '../simplify.ts';
import { addWater, openCompounds, placeByUsage, suggestElements } from './complete.ts';
import { parseScene } from './grammar.ts';
import { hangPictures, plainly } from './idioms.ts';
import { giveBoats, implyPlaces, liftBrooms } from './imply.ts';
import { keepLocked } from './keep-locked.ts';
import { noteAdded, noteElements, noteKept, noteLikened, noteNotDrawn, noteSuggested, noteWithout } from './notes.ts';
import type { Draft } from './parse-state.ts';
import { readDirection } from './read-direction.ts';
import { sow } from './sow.ts';
import type { SceneToken } from './token.ts';
import { tokenizeSceneChinese } from './tokenize-scene-chinese.ts';
import { tokenizeSceneEnglish } from './tokenize-scene-english.ts';
import { takeSpeaker } from './who-speaks.ts';

/** What was read about the picture. */
export interface SceneReading {
  /** Absent when no picture is asked for and nothing to see is named. */
  readonly scene?: SceneWish;
  readonly hour?: string;
  readonly season?: string;
  readonly notes: readonly Bilingual[];
}

export interface SceneOptions {
  /** Elements of an earlier scene, all of them: the locked ones stay as they are. */
  readonly keep?: readonly SceneElement[] | undefined;
  /** A picture is wanted, whether or not the words ask for one: a bare `a cat on the roof`, or a poem to be painted. */
  readonly picture?: boolean | undefined;
}

/** 一支古琴曲: the zither is heard, not seen. */
const MUSIC_ASKED =
  /(?:[配谱作写来]上?)?[一二两三几][首支段](?![诗词])\p{Script=Han}{0,6}?(?:曲子|乐曲|曲|音乐|旋律|歌曲)(?=[，。；！,.;!和与并\s]|$)|\b(?:a|an|one|some) (?:\w+ ){0,2}(?:tune|melody|music)\b/u;

/** 配一首七绝: a poem beside the picture. */
const POEM_ASKED = /[配题写作填赋]上?[一二两三几]首(?:[五七][绝律]|绝句|律诗|古诗|诗|词)/u;

/** Elements that a scene holds at most. */
const MOST = 40;
/** Beyond this many characters a text is not read for its scene. */
const LONGEST = 4000;

/** Reads a text. */
export function readScene(text: string, { keep = [], picture = false }: SceneOptions = {}): SceneReading {
  const simple = toSimplified(text).slice(0, LONGEST);
  const scanner = createScanner(hangPictures(simple));
  while (scanner.take(/\d{1,4}(?:[年月日号岁]|th\b|st\b|nd\b|rd\b)/u) !== undefined);
  while (scanner.take(MUSIC_ASKED) !== undefined || scanner.take(POEM_ASKED) !== undefined);
  const { wish, hour, season } = readDirection(scanner, picture);
  const isVerse = (picture || wish.asked !== true) && looksLikeVerse(simple);
  const plain = plainly(scanner.text);
  const tokens = takeSpeaker(tokenize(plain), plain);
  const { drafts, without, likened } = parseScene(tokens, isVerse);
  const shown = drafts.map((draft) => draft.naming.entry.id);
  const absent = [...without].filter((id) => !shown.includes(id));
  const original = toSimplified(text).length === text.length ? text : simple;
  const named = sow(openCompounds(weigh(drafts, original)), simple).map((element) =>
    isVerse ? placeByUsage(element) : element,
  );
  const hints = named.length > 1 ? [] : suggestElements(scanner.text).slice(0, 2);
  const added = hints.flatMap(({ elements }) => elements).filter(({ id }) => !shown.includes(id) && !without.has(id));
  const watered = addWater(
    [...named, ...added.filter(({ id }, at) => added.findIndex((other) => other.id === id) === at)],
    without,
  );
  const implied = implyPlaces(watered, simple, { without, isVerse: isVerse || wish.asked !== true });
  const furnished = liftBrooms(giveBoats(implied, without));
  const elements = keepLocked(furnished, keep);
  const notes = [
    ...noteElements(elements),
    ...hints.map(({ word, elements: suggested }) => noteSuggested(word, suggested)),
    ...furnished.slice(named.length + added.length).map(({ id }) => noteAdded(id)),
    ...noteWithout(absent),
    ...noteLikened(likened),
    ...noteKept(keep.filter(({ locked }) => locked)),
    ...(wish.asked ? noteNotDrawn(unknownOf(tokens)) : []),
  ];
  if (elements.length === 0 && !wish.asked && absent.length === 0) return { notes: [] };
  return {
    scene: { ...wish, elements, ...(absent.length > 0 && { without: absent }) },
    ...(hour && { hour }),
    ...(season && { season }),
    notes,
  };
}

/** 一只猫, 那棵树: how one speaks today. */
const COUNTED_LINE = /^(?:[一两三四五六七八九十几]|[这那][一两三几]?)[只个条棵口座把张匹间位辆架艘头]/u;

/** Lines of three to nine characters, nearly all of them: three lines and more, or two as long as one another. */
function looksLikeVerse(text: string): boolean {
  const lines = text.split(/[，。！？；、,.!?;\n\s]+/u).filter((line) => line !== '');
  const metrical = lines.filter((line) => /^\p{Script=Han}{3,9}$/u.test(line));
  const isEven = lines.every((line) => line.length === lines[0]!.length && line.length > 3);
  const isPoem =
    lines.length >= (isEven ? 2 : 3) &&
    metrical.length >= lines.length * 0.9 &&
    !/[的了着吗呢]/u.test(text) &&
    (text.match(/[上下里边旁前后中][有是]/gu) ?? []).length < 2 &&
    (isEven || !/[一两三四五六七八九十几][只个条棵口座把张匹间位辆架艘箱盆盏本]/u.test(text)) &&
    lines.filter((line) => COUNTED_LINE.test(line)).length <
      lines.length * (isEven && lines[0]!.length === 7 ? 1.1 : 0.5);
  return isPoem || text.split('\n').filter((line) => /[a-z]/iu.test(line)).length >= 4;
}

function tokenize(text: string): SceneToken[] {
  const hasHan = /\p{Script=Han}/u.test(text);
  const english = /[a-z]/iu.test(text) || !hasHan ? tokenizeSceneEnglish(text) : [];
  if (!hasHan) return english;
  return [...tokenizeSceneChinese(text), ...english.filter(({ stop }) => !stop)].sort((a, b) => a.start - b.start);
}

/** Drafts become elements, the most important first: in the order of the text, grounds for other things a little less. */
function weigh(drafts: readonly Draft[], original: string): SceneElement[] {
  const weighted = drafts
    .map((draft, at) => ({
      draft,
      at,
      weight:
        Math.max(0.3, 1 - 0.04 * at) * (draft.isGround ? 0.8 : 1) * (draft.naming.entry.kind === 'weather' ? 0.85 : 1),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST);
  const placeOf = new Map(weighted.map(({ at }, place) => [at, place]));
  return weighted.map(({ draft, weight }) =>
    toElement(draft, { weight: Math.round(weight * 100) / 100, placeOf, original }),
  );
}

function toElement(
  { naming: { entry }, start, end, count, size, colour, states, relation, depth, side, level }: Draft,
  { weight, placeOf, original }: { weight: number; placeOf: ReadonlyMap<number, number>; original: string },
): SceneElement {
  const all = states.size === 0 && entry.state ? [entry.state] : [...states];
  const to = relation && placeOf.get(relation.to);
  return {
    id: entry.id,
    kind: entry.kind,
    source: original.slice(start, end),
    ...(count !== undefined && { count }),
    ...(depth && { depth }),
    ...(side && { side }),
    ...(level && { level }),
    ...(size && { size }),
    ...(colour && { colour }),
    ...(all.length > 0 && { states: all }),
    ...(relation && to !== undefined && { relation: { how: relation.how, to } }),
    weight,
  };
}

/** Words without any meaning for a picture: runs of unknown characters, English words that are not plain. */
function unknownOf(tokens: readonly SceneToken[]): string[] {
  const { plainEnglish, tones } = loadLexicon();
  const unknown: string[] = [];
  let run = '';
  let runEnd = -1;
  const close = (): void => {
    if (run.length > 1) unknown.push(run);
    run = '';
  };
  for (const token of tokens) {
    const { start, end, text, language, ...meaning } = token;
    const means = Object.keys(meaning).length > 0;
    if (language === 'en') {
      if (!means && text.length > 2 && !plainEnglish.has(text) && !tones.has(text)) unknown.push(text);
    } else if (means || start !== runEnd) close();
    if (language === 'zh' && !means) {
      run += text;
      runEnd = end;
    }
  }
  close();
  return unknown;
}
