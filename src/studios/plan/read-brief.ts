/**
 * The director: reads a brief in Chinese or English and writes the plan.
 *
 *   brief ─▶ simplified ─▶ wishes (form, rhyme, acrostic, bans …) read out and blanked
 *                              └─▶ the rest taken apart into mentions ─▶ topics ─▶ themes, imagery, mood, season, hour, title
 *
 * Pure: the same brief, options and seed give the same plan. No model takes part; what is not in the lexicon is said to be so.
 */
import { createRandom, OsError, type Random } from '../../core/index.ts';
import type { Bilingual, Plan, SceneElement, VerseWish } from '../../kernel/index.ts';
import { chooseForm } from './choose-form.ts';
import { drawByRank } from './draw-weighted.ts';
import { findEmphasis, type Stretch } from './emphasis.ts';
import { noteBans, noteByCharacter, noteForm, noteThemes, noteTime, noteUnknown } from './notes.ts';
import { type Bans, readBans } from './read-bans.ts';
import { readFixed, readRequired, readTitle } from './read-fixed.ts';
import { readForm } from './read-form.ts';
import { readMusic } from './read-music.ts';
import { readRhyme } from './read-rhyme.ts';
import { createScanner, QUOTED, type Scanner } from './scanner.ts';
import { readScene } from './scene/read-scene.ts';
import { segmentChinese } from './segment-chinese.ts';
import { segmentEnglish } from './segment-english.ts';
import { readMood, readTime } from './setting.ts';
import { toSimplified } from './simplify.ts';
import { drawTopicThemes, gatherTopics, leftOverImagery, type Topic } from './topic.ts';

/** Characters a brief may have. */
export const LONGEST_BRIEF = 20_000;

const PICTURE_ASKED =
  /(?:[画绘]|绘制)(?:出|下|上)?[一二两三四五六七八九十几\d]+[幅张]|(?<=^\s*|, (?:and |then )?|\band )(?:please )?(?:paint|draw|sketch)(?: me)?(?= (?:an?|the|some|my)\b)/iu;

export interface BriefOptions {
  /** Names of verse forms and tunes that the artist may ask for, Chinese or English; a list of common tunes when absent. */
  readonly forms?: readonly string[] | undefined;
  /** Language to answer in; the brief's own when absent. */
  readonly language?: Plan['language'] | undefined;
  /** Elements of an earlier scene, all of them; the locked ones stay. */
  readonly keep?: readonly SceneElement[] | undefined;
  /** A picture is wanted, whether or not the words ask for one. */
  readonly picture?: boolean | undefined;
  /** Decides between words, titles and forms that fit alike. */
  readonly seed?: number | undefined;
}

/** Reads a brief. Throws `plan/empty-brief` and `plan/brief-too-long`. */
export function readBrief(brief: string, { forms, language, keep, picture, seed = 0 }: BriefOptions = {}): Plan {
  refuseLong(brief);
  refuseEmpty(brief);
  const random = createRandom(`plan/${seed}/${brief}`);
  const simple = toSimplified(brief);
  const scanner = createScanner(simple);
  blankDates(scanner);
  const spoken = language ?? languageOf(simple.replace(new RegExp(QUOTED, 'gu'), ''));
  const { wish, bans, notes: wishNotes } = readWishes(scanner, { forms, random });
  const asked = readTitle(scanner);
  const { notes: musicNotes, ...heard } = readMusic(scanner);
  blankPictureAsked(scanner);
  const original = simple.length === brief.length ? brief : simple;
  const read = readTopics(scanner.text, { bans, original });
  const { topics, notes: topicNotes, ...setting } = read.topics.length > 0 ? read : readFixedTopics(wish, read);
  const themes = drawTopicThemes(topics, random.fork('themes'));
  const form =
    wish.form ?? chooseForm(wish, { mood: setting.mood, topics: topics.length, random: random.fork('form') });
  const { scene, hour, season, notes: sceneNotes } = readScene(brief, { keep, picture });
  const title = asked ?? chooseTitle(topics, random.fork('title'));
  return {
    version: 1,
    language: spoken,
    brief,
    ...(title === undefined ? {} : { title }),
    themes,
    imagery: leftOverImagery(topics, themes),
    ...(scene?.asked && timeOf({ hour, season })),
    ...setting,
    verse: { ...wish, form, ...(wish.form === undefined ? { formProposed: true } : {}) },
    ...heard,
    ...(scene && { scene }),
    notes: [
      noteThemes(themes, spoken),
      ...(wish.form === undefined ? [noteForm(form)] : []),
      ...wishNotes,
      ...musicNotes,
      ...topicNotes,
      ...(scene?.asked ? sceneNotes : []),
    ],
  };
}

/** Season and hour that only the picture's words name. */
function timeOf({ hour, season }: { hour: string | undefined; season: string | undefined }): Partial<Plan> {
  return { ...(season && { season }), ...(hour && { hour }) } as Partial<Plan>;
}

/** Dates in figures name no moon and no sun. */
function blankDates(scanner: Scanner): void {
  while (scanner.take(/\d{1,4}[年月日号]/u) !== undefined);
}

/** 画一幅雪夜: what is asked for is a picture, what it shows is the theme. */
function blankPictureAsked(scanner: Scanner): void {
  while (scanner.take(PICTURE_ASKED) !== undefined);
}

function readWishes(
  scanner: Scanner,
  { forms, random }: { forms: readonly string[] | undefined; random: Random },
): { wish: VerseWish; bans: Bans; notes: Bilingual[] } {
  const fixed = readFixed(scanner);
  const bans = readBans(scanner);
  const required = readRequired(scanner);
  const rhyme = readRhyme(scanner);
  const { notes, ...form } = readForm(scanner, { forms, random: random.fork('tune') });
  const banned = bans.words.length > 0 ? { banned: [...bans.words] } : {};
  return {
    wish: { ...form, ...rhyme, ...fixed, ...required, ...banned },
    bans,
    notes: [...notes, ...noteBans(bans.words), ...bans.notes],
  };
}

type Reading = Pick<Plan, 'mood' | 'season' | 'hour'> & { readonly topics: Topic[]; readonly notes: Bilingual[] };

function readTopics(text: string, { bans, original }: { bans: Bans; original: string }): Reading {
  const chinese = segmentChinese(text);
  const english = segmentEnglish(text);
  const mentions = [...chinese.mentions, ...english.mentions].sort((a, b) => a.start - b.start);
  const sourceOf = ({ start, end }: Stretch): string => original.slice(start, end);
  const topics = gatherTopics(mentions, { emphasis: findEmphasis(text), bans, sourceOf });
  const season = readTime(topics, 'season');
  const hour = readTime(topics, 'hour');
  const guesses = mentions.filter(({ sureness }) => sureness < 0.5);
  return {
    topics,
    mood: readMood(topics, [...chinese.feelings, ...english.feelings]),
    ...({ ...(season.value && { season: season.value }), ...(hour.value && { hour: hour.value }) } as Pick<
      Plan,
      'season' | 'hour'
    >),
    notes: [
      ...(season.value && season.isImplied ? [noteTime('season', season.value)] : []),
      ...(hour.value && hour.isImplied ? [noteTime('hour', hour.value)] : []),
      ...guesses.slice(0, 4).map((guess) => noteByCharacter(sourceOf(guess), guess.words)),
      ...noteUnknown([...chinese.unknown, ...english.unknown]),
    ],
  };
}

/** Where nothing else is named, the acrostic and the first line say what the poem is about. */
function readFixedTopics({ acrostic = '', firstLine = '' }: VerseWish, { notes, mood }: Reading): Reading {
  const fixed = `${acrostic} ${firstLine}`;
  const read = readTopics(fixed, { bans: { concepts: new Set(), words: [], notes: [] }, original: fixed });
  // What names nothing may still have a mood: a merry reel.
  return { ...(read.topics.length > 0 ? read : { ...read, mood }), notes: [...notes, ...read.notes] };
}

/** A classical title of the weightiest topic. */
function chooseTitle(topics: readonly Topic[], random: Random): string | undefined {
  const first = topics.find(({ concepts }) => concepts.length > 0);
  return first === undefined ? undefined : drawByRank(first.concepts[0]!.title, 0.7, random);
}

/** Chinese, quotations apart, where at least a third of the words (one Chinese character, one English word) are. */
function languageOf(text: string): Plan['language'] {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[a-z]+/giu)?.length ?? 0;
  return han * 2 >= latin ? 'zh' : 'en';
}

function refuseEmpty(brief: string): void {
  if (/[\p{L}\p{N}]/u.test(brief)) return;
  throw new OsError({
    kind: 'input',
    code: 'plan/empty-brief',
    message: brief.trim() === '' ? 'The brief is empty.' : `The brief '${brief.trim().slice(0, 20)}' has no words.`,
    hint: 'Say in a few words what to make, e.g. "a poem about the starry sky".',
    zh: {
      message:
        brief.trim() === '' ? '创作要求是空的。' : `创作要求“${[...brief.trim()].slice(0, 20).join('')}”里没有文字。`,
      hint: '请用几个字说明想要什么，例如“写一首关于星空的诗”。',
    },
  });
}

function refuseLong(brief: string): void {
  if (brief.length <= LONGEST_BRIEF) return;
  throw new OsError({
    kind: 'input',
    code: 'plan/brief-too-long',
    message: `The brief has ${brief.length} characters; at most ${LONGEST_BRIEF} are read.`,
    hint: 'Summarise it in a few sentences, or attach the long text as a file.',
    zh: {
      message: `创作要求有 ${brief.length} 个字符，最多可读 ${LONGEST_BRIEF} 个。`,
      hint: '请概括成几句话，或把长文作为附件。',
    },
  });
}
