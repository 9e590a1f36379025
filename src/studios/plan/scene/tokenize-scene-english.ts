/** English text taken apart for scenes: at every word the longest phrase of the vocabulary wins. */
import { parseNumber } from '../numbers.ts';
import { compoundPreposition, placePhraseEnglish } from './place-phrases-english.ts';
import type { Meaning, SceneToken } from './token.ts';
import { loadVocabulary } from './vocabulary.ts';

const LONGEST = 10;
const GROUPS: readonly (readonly [RegExp, number])[] = [
  [/^(?:a )?(?:pair|couple) of$/u, 2],
  [/^(?:a )?few$/u, 3],
  [/^(?:some|a handful of|a trio of)$/u, 3],
  [/^(?:several|a (?:group|row|line|cluster|bunch|clump|handful) of|(?:groups|rows|clusters) of)$/u, 5],
  [/^(?:a )?(?:flock|herd|school|pack|swarm|team|fleet|pride|skein|v|string) of$/u, 7],
  [/^(?:many|lots of|plenty of|numerous|a lot of|flocks of|herds of|a crowd of)$/u, 9],
  [/^(?:dozens of|hundreds of|thousands of|countless|a thousand|a hundred|a host of|ten thousand)$/u, 24],
  [/^(?:(?:a |one )?(?:lone|single|solitary|lonely)|one)$/u, 1],
  [/^(?:two|both)$/u, 2],
];
/** After these a single word is a verb: `I swallow`, `to fish`. */
const BEFORE_VERBS = new Set(
  "to i you we they he she it who will would can could should must may might let not let's don't cannot can't".split(
    ' ',
  ),
);
const ARTICLES = new Set(
  'a an the another some this that these those his her their its my your our one every each of'.split(' '),
);

/** A word nobody knows that looks like an adjective: crumpled paper, a hollow log. */
function isDescribing(previous: SceneToken | undefined): boolean {
  if (previous === undefined || Object.keys(previous).length > 4) return false;
  if (
    /^(?:thick|thin|flat|round|sharp|deep|narrow|wide|short|tall|loose|tight|soft|hard|rough|smooth|fresh|dim|faint|rare|raw|ripe|blank|huge|cheap|posh|fat|slim)$/u.test(
      previous.text,
    )
  )
    return true;
  return /(?:ed|ing|ly|ow|en|ous|ful|less|ish|y)$/u.test(previous.text) && previous.text.length > 3;
}

/** `leaves on the floor`, `waves crashing`: after a plural at the start of a clause. */
const AFTER_SUBJECT =
  /^(?:[.;!?:\n—–,()]|on|in|at|by|over|under|around|above|below|behind|beside|between|along|across|everywhere|and|\w+ing)$/u;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Takes English apart; what is not Latin letters or figures is skipped, punctuation becomes stops. */
export function tokenizeSceneEnglish(text: string): SceneToken[] {
  const words = [...text.matchAll(/[a-z]+(?:['’][a-z]+)?|\d+|[.;!?:\n—–,()]/giu)].map(
    ({ 0: word, index }): Word => ({
      text: word.toLowerCase().replaceAll('’', "'"),
      start: index,
      end: index + word.length,
    }),
  );
  const tokens: SceneToken[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, meaning } = longest(words.slice(at, at + LONGEST), text, articleBefore(tokens));
    const { start } = words[at]!;
    const { end } = words[at + length - 1]!;
    tokens.push({ ...meaning, start, end, text: text.slice(start, end).toLowerCase(), language: 'en' });
    at += length;
  }
  return tokens;
}

/** The word before, or the article that stands before unknown words: a half-peeled orange, an upside-down bat. */
function articleBefore(tokens: readonly SceneToken[]): SceneToken | undefined {
  const [third, second, first] = [tokens.at(-3), tokens.at(-2), tokens.at(-1)];
  const isUnknown = (token: SceneToken | undefined): boolean => token !== undefined && Object.keys(token).length === 4;
  if (
    !first ||
    !isUnknown(first) ||
    /^(?:to|i|you|we|they|he|she|it|who|of|and|or|is|are|was|has|have|that)$/u.test(first.text)
  )
    return first;
  if (second?.isNew && second.text.length < 3 && first.end - second.end < 14)
    return isDescribing(first) || first.text.length > 8 ? second : first;
  return third?.isNew && third.text.length < 3 && isUnknown(second) && isDescribing(first) ? third : first;
}

function longest(
  words: readonly Word[],
  text: string,
  previous: SceneToken | undefined,
): { length: number; meaning: Meaning } {
  const first = words[0]!;
  if (/^[.;!?:\n—–]$/u.test(first.text)) return { length: 1, meaning: { stop: 'full' } };
  // while standing on a stump: the one who was spoken of
  if (/^whil(?:e|st)$/u.test(first.text) && /ing$/u.test(words[1]?.text ?? ''))
    return { length: 1, meaning: { isPlain: true } };
  if (/^(?:[,()]|while|whilst)$/u.test(first.text)) return { length: 1, meaning: { stop: 'comma' } };
  const joined = words.findIndex((word, i) => i > 0 && !/^[\s-]+$/u.test(text.slice(words[i - 1]!.end, word.start)));
  for (let length = joined < 0 ? words.length : joined; length > 0; length--) {
    const phrase = words
      .slice(0, length)
      .map((word, i) => (i < length - 1 ? word.text : word.text.replace(/'s$/u, '')))
      .join(' ');
    const meaning = meaningOf(phrase, previous, words[length]?.text);
    if (meaning) return { length, meaning };
  }
  return { length: 1, meaning: {} };
}

const DEEDS = new Set(
  'fishes perches falls lounges rows waves rocks leaves watches drops bridges crosses towers arches streams winds rails lights plants drifts ducks cranes swallows barks stalks rings stars snows flowers blooms cooks guards paints swings mirrors dresses boats fish bats flies trains parks poles sails rests beds tables crowns tops ropes nets hooks pools ponds rains clouds spring springs shells nests roosts circles tracks paths steps curls bows arrows hammers saws combs brushes fans masks dances walks benches spiders queues fights hides forks'.split(
    ' ',
  ),
);
const AFTER_DEEDS =
  /^(?:[.;!?:\n—–,()]|on|in|at|by|over|under|around|above|below|beneath|behind|beside|between|along|across|through|past|up|down|out|off|into|onto|from|against|among|amid|near|with|to|toward|towards|and|as|while|there|there's|is|it|the|a|an|his|her|its|their|\w+ly)$/u;

/** `a rabbit fishes in`, `rain falls`, `gulls circle`: such a name right behind another is what that one does. */
function isDoing(phrase: string, previous: SceneToken | undefined, next: string | undefined): boolean {
  if (previous === undefined || !AFTER_DEEDS.test(next ?? '.')) return false;
  const isPlural = previous.thing?.isPlural === true;
  if (isPlural && DEEDS.has(`${phrase}s`)) return true;
  if (!DEEDS.has(phrase)) return false;
  const isUnknownNoun = Object.keys(previous).length === 4 && !ARTICLES.has(previous.text) && !isDescribing(previous);
  return previous.thing ? !previous.thing.isPlural : isUnknownNoun && previous.text.length > 3;
}

const ADVERBS =
  /^(?:(?:just|right|directly|immediately|partly|partially|half|somewhere|way|close|high|low|up|down|out|over|back|far|deep|all|almost|nearly|slightly|straight|everywhere|midway|halfway|partway|part way|half way|not far|a little|a bit|some way|a short way|safely|quietly|precariously) )+/u;
/** Names that are said without an article in lists: globe on the desk, palm pushing through. */
const TELEGRAPHIC = new Set(
  'globe palm crane fan lamp earth bear seal swallow key clock book box map harp violin horn drum ball bat bee bow chest chain pen quill tent screen mirror figure statue pot plane plate lark duck pool wave rock crown shield'.split(
    ' ',
  ),
);
const AFTER_NAME =
  /^(?:on|in|under|beneath|beside|behind|above|below|over|with|at|by|near|\w+ing|has|is|was|sits|stands|sleeps|lies)$/u;
const UPWARD = /^(?:halfway|midway|partway|part way|half way|some way) (?:up|down|along|across)$/u;

/** `just above`, `high on`, `halfway up`: a preposition with what strengthens it. */
function strengthened(phrase: string, next: string | undefined): Meaning | undefined {
  const { english } = loadVocabulary();
  if (UPWARD.test(phrase)) return !next || /^[,.;:!?]$/u.test(next) ? { byPronoun: 'on' } : { before: 'on' };
  if (/^(?:halfway|midway|partway) (?:up|down|along) (?:it|them)$/u.test(phrase)) return { byPronoun: 'on' };
  const [first, ...others] = phrase.split(' ');
  const rest = others.join(' ');
  if (others.length > 1 && english.get(`${first} ${others[0]}`)?.before) {
    const compound = compoundPreposition(rest) ?? (/ of$/u.test(rest) ? english.get(rest) : undefined);
    const manners = english.get(first!)?.manners;
    if (compound?.before) return { ...compound, ...(manners && { manners }) };
  }
  const bare = phrase.replace(ADVERBS, '');
  if (bare === phrase) return undefined;
  const known = english.get(bare) ?? compoundPreposition(bare);
  if (!known || known.thing || known.manners || known.isVerbal) return undefined;
  if (known.byPronoun) return known;
  return known.before ? known : undefined;
}

function meaningOf(phrase: string, previous: SceneToken | undefined, next: string | undefined): Meaning | undefined {
  const { english, shy } = loadVocabulary();
  const group = GROUPS.find(([pattern]) => pattern.test(phrase))?.[1];
  if (group !== undefined) return { count: group, isNew: true };
  const number = phrase === 'a' ? undefined : parseNumber(phrase);
  if (number !== undefined && number > 0) return { count: Math.min(24, number), isNew: true };
  if (/^as [a-z]+ as(?: an?)?$/u.test(phrase) && !/^as (?:soon|long|well|far)/u.test(phrase))
    return { isLikeness: true };
  const known = english.get(phrase);
  if (known === undefined)
    return placePhraseEnglish(phrase, next) ?? compoundPreposition(phrase) ?? strengthened(phrase, next);
  if (known.thing === undefined || phrase.includes(' ')) return known;
  // we children, you boys
  const isOfUs = /^(?:we|you|us|they)$/u.test(previous?.text ?? '') && known.thing.entry.kind === 'person';
  const isVerb = (BEFORE_VERBS.has(previous?.text ?? '') && !isOfUs) || isDoing(phrase, previous, next);
  const isHeld =
    ARTICLES.has(previous?.text ?? '') ||
    previous?.count ||
    previous?.size ||
    previous?.colour ||
    previous?.manners ||
    previous?.isNew ||
    previous?.isNegation ||
    / an?$/u.test(previous?.text ?? '') ||
    // a forest pool
    (!phrase.endsWith('s') &&
      previous?.thing?.isPlural !== true &&
      /^(?:land|tree|building|water)$/u.test(previous?.thing?.entry.kind ?? '')) ||
    (previous?.thing && /'s$/u.test(previous.text)) ||
    isDescribing(previous);
  const isSubject =
    (phrase.endsWith('s') || (TELEGRAPHIC.has(phrase) && AFTER_NAME.test(next ?? ''))) &&
    (!previous || previous.stop !== undefined || (TELEGRAPHIC.has(phrase) && previous.text === 'with')) &&
    AFTER_SUBJECT.test(next ?? ',');
  if (!isVerb && (isHeld || isSubject || !shy.has(phrase))) return known;
  const { thing: _, ...rest } = known;
  return Object.keys(rest).length > 0 ? rest : { isPlain: true };
}
