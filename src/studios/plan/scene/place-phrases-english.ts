/**
 * English phrases of place put together by rule, so that none has to be listed:
 *
 *   in the far upper left-hand corner of the picture    along the bottom edge    lower third
 *   at the very foot of (the hill) = under it · on either side of (it) = beside it · to its left = beside it and on the left
 */
import type { How, Meaning, Place } from './token.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const PREPOSITIONS = setOf(
  'in at on to along across toward towards over near from into off within occupying filling fill fills line lines lining dominating dominate dominates up down by against',
);
const FILLERS = setOf(
  'the a one its very extreme immediate hand most own whole entire hazy misty dim deep all is just way right-hand left-hand',
);
const SIDES = setOf('left right centre center central middle');
const LEVELS = setOf('upper lower top bottom uppermost lowermost');
const HEADS = setOf(
  'left right centre center middle foreground background midground middleground ground distance horizon top bottom corner side edge third half quarter thirds part portion margin area section zone border front back rear',
);
const FRAMES = setOf(
  'picture frame image canvas scene page composition painting view shot drawing sheet panel illustration photo',
);

/** A place on the picture; undefined when the phrase is none. `next` is the word behind it. */
export function placePhraseEnglish(phrase: string, next: string | undefined): Meaning | undefined {
  const offCentre =
    /^(?:(?:just|slightly|a little|a bit|well|far|to the) )*(left|right) of (?:the )?cent(?:re|er)$/u.exec(phrase)?.[1];
  if (offCentre) return { place: { side: offCentre as 'left' | 'right' } };
  const words = phrase.split(' ');
  if (words.length < 2 || words.length > 10) return undefined;
  const [body, isFramed] = unframe(words);
  if (next === 'of' && !isFramed) return undefined;
  // on a back road
  if (/ an? (?:\w+ )?(?:back|front|rear|side)$/u.test(phrase)) return undefined;
  const head = body.at(-1)!;
  if (!HEADS.has(head)) return undefined;
  const isPlain = body.every((word, at) => isWordOfPlace(word, at));
  if (!isPlain) return undefined;
  const place = placeOf(body, head);
  const isBare = !PREPOSITIONS.has(body[0]!) && !PREPOSITIONS.has(body[1]!);
  if (Object.keys(place).length === 0 || (isBare && !isMarked(body))) return undefined;
  if (!isFramed && /^(?:top|bottom|back|front|rear)$/u.test(head) && body.length < 3) return undefined;
  return { place };
}

function unframe(words: readonly string[]): [readonly string[], boolean] {
  const isFramed =
    FRAMES.has(words.at(-1)!) && /^(?:the|this|our|its)$/u.test(words.at(-2) ?? '') && words.at(-3) === 'of';
  return isFramed && words.length > 3 ? [words.slice(0, -3), true] : [words, false];
}

const isWordOfPlace = (word: string, at: number): boolean =>
  (at < 3 && PREPOSITIONS.has(word)) ||
  (at < 2 && /^(?:high|low|way|far|right|just)$/u.test(word)) ||
  FILLERS.has(word) ||
  SIDES.has(word) ||
  LEVELS.has(word) ||
  HEADS.has(word) ||
  /^(?:far|near|mid|distant|two|and|outer)$/u.test(word);

/** Bare phrases need two words of place: lower third, left foreground. */
const isMarked = (body: readonly string[]): boolean =>
  body.filter((word) => SIDES.has(word) || LEVELS.has(word) || HEADS.has(word)).length > 1;

function placeOf(body: readonly string[], head: string): Place {
  const has = (words: RegExp): boolean => body.some((word) => words.test(word));
  const isDeep = /^(?:distance|background|horizon|back|rear)$/u.test(head);
  const isMiddle = has(/^mid(?:dle)?ground$/u) || (has(/^(?:mid|middle)$/u) && /^(?:ground|distance)$/u.test(head));
  const isNear = /^(?:foreground|front)$/u.test(head);
  const depth = isMiddle ? 'middle' : isNear ? 'near' : isDeep ? 'far' : undefined;
  const isCentre = !isMiddle && has(/^(?:cent(?:re|er|ral)|middle)$/u);
  const isFirst = (word: RegExp): boolean => body.some((one, at) => word.test(one) && !(at === 0 && body.length > 2));
  const side = isFirst(/^left/u) ? 'left' : isFirst(/^right/u) ? 'right' : isCentre ? 'centre' : undefined;
  const level =
    body[0] === 'high' || has(/^(?:upper|top|uppermost)$/u)
      ? 'top'
      : body[0] === 'low' || has(/^(?:lower|bottom|lowermost)$/u)
        ? 'bottom'
        : undefined;
  return { ...(depth && { depth }), ...(side && { side }), ...(level && { level }) };
}

/** The nouns of compound prepositions: what `at the foot of` a thing means. */
const NOUNS: readonly (readonly [string, How])[] = [
  ['foot base bottom roots root underside shade shadow shelter cover glow', 'under'],
  [
    'top summit crest peak crown ridge surface slope slopes face brow brink rim lip back shoulder flank side/on spine tip branch bough limb limbs shell belly chest arm brow snout hump deck bow stern prow mast',
    'on',
  ],
  [
    "edge edges side sides end ends shore shores bank banks margin margins verge fringe fringes outskirts border borders corner/at bend/by left/to right/to water's entrance/by",
    'beside',
  ],
  ['mouth entrance front gates doorstep threshold', 'before'],
  [
    'middle midst heart centre center depths depth interior hollow corner corners bend curve lap arms shallows thick branches boughs canopy foliage leaves waters',
    'in',
  ],
  ['back/at rear far/side', 'behind'],
];
const HOW_OF: ReadonlyMap<string, How> = new Map(
  NOUNS.toReversed().flatMap(([nouns, how]) =>
    nouns
      .split(' ')
      .filter((noun) => !noun.includes('/'))
      .map((noun) => [noun, how] as const),
  ),
);
const OWNERS = /^(?:its|his|her|their)$/u;
const ARTICLES = /^(?:the|one|each|either|both|its|his|her|their|a)$/u;
const ADJECTIVES =
  /^(?:very|far|near|other|opposite|left|right|upper|lower|northern|southern|eastern|western|rocky|sandy|grassy|stony|muddy|steep|snowy|wooded|jagged|outer|inner|dark|deep|quiet|sunny|shady|topmost|highest|lowest|back|front|two|outstretched|upturned|bare|broad|long|short|small|big|old|wooden|curved|wide|narrow|high|cool|green|hand)$/u;
const PREFIXES: Readonly<Record<string, How>> = {
  under: 'under',
  beneath: 'under',
  below: 'under',
  behind: 'behind',
  around: 'around',
  round: 'around',
  above: 'above',
  over: 'above',
  inside: 'in',
  among: 'in',
  amongst: 'in',
  amid: 'in',
  between: 'between',
};
const HOW_WHOSE: Readonly<Record<string, How>> = {
  on: 'on',
  upon: 'on',
  in: 'in',
  inside: 'in',
  at: 'beside',
  by: 'beside',
  beside: 'beside',
  near: 'beside',
  ...PREFIXES,
};
const STARTS =
  /^(?:among|amid|amongst|between|at|on|in|along|by|near|from|to|around|round|over|up|down|under|beneath|behind|inside|into|onto|toward|towards|upon|above|below|beside|against|across|off)$/u;

/** Compound prepositions: `at the rocky foot of`, `on either side of which`, `along its far bank`, `to her left`. */
export function compoundPreposition(phrase: string): Meaning | undefined {
  const words = phrase.split(' ');
  if (
    words.length < 3 ||
    words.length > 8 ||
    !STARTS.test(words[0]!) ||
    !(ARTICLES.test(words[1]!) || words[1] === 'every' || words[1] === 'whose')
  )
    return undefined;
  if (words[1] === 'whose' && words.length === 3) {
    const how = HOW_WHOSE[words[0]!];
    return how && { byPronoun: how, isRelative: true };
  }
  const one =
    /^(on|upon|in|inside|under|beneath|behind|beside|near|above|over|around) (?:(?:the|every|each) (?:\w+ )?one(?: of (?:them|these))?|each of (?:them|these))$/u.exec(
      phrase,
    );
  const how1 = one && HOW_WHOSE[one[1]!];
  if (how1) return { byPronoun: how1 };
  const of = words.indexOf('of');
  const isOwned = OWNERS.test(words[1]!);
  const end = of < 0 ? words.length : of;
  if (of < 0 !== isOwned || (of >= 0 && of < words.length - 2)) return undefined;
  const noun = words[end - 1]!;
  if (!words.slice(2, end - 1).every((word) => ADJECTIVES.test(word))) return undefined;
  const side = (['left', 'right'] as const).find((one) => words.slice(1, end).includes(one));
  const how = howOf(words[0]!, noun, side !== undefined);
  if (how === undefined || (end < 3 && noun === words[1])) return undefined;
  const adjectives = words.slice(1, end).join(' ');
  const depth =
    /\b(?:far|opposite|other)\b/u.test(adjectives) && /^(?:end|side|bank|shore|edge|corner)$/u.test(noun)
      ? 'far'
      : /\bnear\b/u.test(adjectives)
        ? 'near'
        : undefined;
  const rest = { ...(side && { side }), ...(depth && { depth: depth as 'far' | 'near' }) };
  if (isOwned) return { byPronoun: how, ...rest };
  if (of === words.length - 1) return { before: how, ...rest };
  if (/^(?:which|whom)$/u.test(words.at(-1)!)) return { byPronoun: how, isRelative: true, ...rest };
  return /^(?:it|them|him|her)$/u.test(words.at(-1)!) ? { byPronoun: how, ...rest } : undefined;
}

function howOf(first: string, noun: string, isSided: boolean): How | undefined {
  if (/^(?:left|right|hand)$/u.test(noun)) return isSided ? 'beside' : undefined;
  if (noun === 'side' && isSided) return 'beside';
  if (/^(?:back|rear)$/u.test(noun)) return /^(?:on|upon|onto)$/u.test(first) ? 'on' : 'behind';
  if (noun === 'corner' && first === 'at') return 'beside';
  const how = HOW_OF.get(noun);
  return how === undefined ? undefined : (PREFIXES[first] ?? (/^(?:around|round)$/u.test(first) ? 'around' : how));
}
