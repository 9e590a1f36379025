/**
 * Turns open texts in Chinese and English into what word vectors learn from:
 *
 *   texts ─▶ Chinese lexicon ─▶ words ─▶ phrases ─▶ vocabulary ─▶ tokens.bin (u16, 65535 between sentences)
 *   translations, names of things ─▶ pairs.bin (u16: centre, context)
 *
 *   node recipes/words-zh-en/prepare.ts DATA_FOLDER OUT_FOLDER
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/core/index.ts';
import { words as wordTools } from '../../src/training/index.ts';
import { chineseTexts, englishTexts, sentencePairs, thingNames } from './texts.ts';

const { BREAK, buildVocabulary, createSegmenter, cutWords, findPhrases, isChinese, joinPhrases, learnLexicon } =
  wordTools;
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const [data, out] = process.argv.slice(2);
if (data === undefined || out === undefined) throw new Error('usage: prepare.ts DATA_FOLDER OUT_FOLDER');
mkdirSync(out, { recursive: true });
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const random = createRandom(recipe.seed);

const translations = sentencePairs(data);
const things = thingNames(data);
const chinese = random.fork('chinese').shuffle([...chineseTexts(data), ...translations.map(({ zh }) => zh)]);
const english = random.fork('english').shuffle([...englishTexts(data), ...translations.map(({ en }) => en)]);

say('learning Chinese words');
const known = [...new Set(things.flatMap(({ zh }) => zh))].filter((word) => /^[\u3400-\u9fff]{2,4}$/.test(word));
const lexicon = learnLexicon([...translations.map(({ zh }) => zh), ...upTo(chinese, recipe.data.lexicon.characters)], {
  ...recipe.data.lexicon,
  known,
});
const segment = createSegmenter(lexicon);
const cut = (text: string): string[] => cutWords(text, segment);

say(`${lexicon.size} words; cutting texts`);
const raw = intern([...interleave(chinese, english)]);
const base = buildVocabulary(raw.counts, { words: 32_000, least: 3, subwords: 0 });
const baseIds = new Map(base.words.map((word, id) => [word, id]));
const baseTokens = Uint16Array.from(raw.tokens, (id) => (id < 0 ? BREAK : (baseIds.get(raw.words[id]!) ?? BREAK)));

say('joining phrases');
const latin = Uint16Array.from(baseTokens, (id) => (id !== BREAK && isChinese(base.words[id]!) ? BREAK : id));
const phrases = findPhrases(latin, recipe.data.phrases).slice(0, BREAK - base.words.length - 1);
const phraseIds = new Map(phrases.map(([a, b], i) => [a * 65_536 + b, base.words.length + i]));
const names = [...base.words, ...phrases.map(([a, b]) => `${base.words[a]}_${base.words[b]}`)];
const joined = joinPhrases(baseTokens, (a, b) => phraseIds.get(a * 65_536 + b));
const counts = new Map<string, number>();
for (const id of joined) if (id !== BREAK) counts.set(names[id]!, (counts.get(names[id]!) ?? 0) + 1);

const ofThings = things.map(({ en, zh }) => [...new Set([...en, ...zh].flatMap(cut))]);
const ofSentences = translations.map(({ en, zh }) => ({ en: cut(en), zh: cut(zh) }));
const wanted = new Set([...ofThings.flat(), ...ofSentences.flatMap(({ en, zh }) => [...en, ...zh])]);
for (const word of ofThings.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
const vocabulary = buildVocabulary(counts, { ...recipe.data.vocabulary, wanted: often(wanted) });
const ids = new Map(vocabulary.words.map((word, id) => [word, id]));
const tokens = Uint16Array.from(joined, (id) => (id === BREAK ? BREAK : (ids.get(names[id]!) ?? BREAK)));
const pairs = Uint16Array.from(random.fork('pairs').shuffle(belonging()).flat());

writeFileSync(join(out, 'vocabulary.json'), JSON.stringify(vocabulary));
writeFileSync(join(out, 'tokens.bin'), new Uint8Array(tokens.buffer));
writeFileSync(join(out, 'pairs.bin'), new Uint8Array(pairs.buffer));
say(`${vocabulary.words.length} words, ${vocabulary.subwords.length} subwords, ${phrases.length} phrases`);
say(`${tokens.length} tokens, ${pairs.length / 2} pairs`);

/** Texts until they hold so many characters. */
function upTo(texts: readonly string[], characters: number): string[] {
  let sum = 0;
  return texts.filter((text) => {
    sum += text.length;
    return sum < characters;
  });
}

/** Texts of both languages in turn, so that learning sees both all the time. */
function* interleave(a: readonly string[], b: readonly string[]): Generator<string> {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (i < a.length) yield a[i]!;
    if (i < b.length) yield b[i]!;
  }
}

/** Words as numbers in order of appearance, −1 after each sentence. */
function intern(texts: readonly string[]) {
  const [numbers, list]: [Map<string, number>, string[]] = [new Map(), []];
  const times: number[] = [];
  let all = new Int32Array(1 << 22);
  let size = 0;
  const push = (id: number): void => {
    if (size === all.length) {
      const grown = new Int32Array(2 * size);
      grown.set(all);
      all = grown;
    }
    all[size++] = id;
  };
  for (const text of texts) {
    for (const sentence of text.split(/[。！？.!?]|\n\n/u)) {
      for (const word of cut(sentence)) {
        let id = numbers.get(word);
        if (id === undefined) {
          id = list.length;
          numbers.set(word, id);
          list.push(word);
        }
        times[id] = (times[id] ?? 0) + 1;
        push(id);
      }
      push(-1);
    }
  }
  return { tokens: all.subarray(0, size), words: list, counts: new Map(list.map((word, id) => [word, times[id]!])) };
}

/** Words met at least twice among translations and names, and all names. */
function often(candidates: ReadonlySet<string>): Set<string> {
  const named = new Set(ofThings.flat());
  return new Set([...candidates].filter((word) => named.has(word) || (counts.get(word) ?? 0) >= 3));
}

/** Centre and contexts: every word of a sentence with those of its translation, every name of a thing with the others. */
function belonging(): number[][] {
  const total = vocabulary.counts.reduce((a, b) => a + b, 0);
  const chance = createRandom(`${recipe.seed}/belonging`);
  // Frequent words say little about what a sentence is about.
  const kept = (id: number): boolean => chance.next() < Math.sqrt((3e-4 * total) / vocabulary.counts[id]!);
  const known = (list: readonly string[]): number[] => list.flatMap((word) => ids.get(word) ?? []);
  const meet = (centre: number, contexts: readonly number[]): number[] =>
    contexts.filter((id) => id !== centre && kept(id)).flatMap((id) => [centre, id]);
  const groups: number[][] = [];
  for (let i = 0; i < recipe.data.pairRepeats.tatoeba; i++) {
    for (const { en, zh } of ofSentences) {
      const [a, b] = [known(en), known(zh)];
      groups.push(...a.filter(kept).map((id) => meet(id, b)), ...b.filter(kept).map((id) => meet(id, a)));
    }
  }
  for (let i = 0; i < recipe.data.pairRepeats.emoji; i++) {
    for (const list of ofThings) {
      const group = known(list);
      groups.push(...group.map((id) => meet(id, group)));
    }
  }
  return groups.filter((group) => group.length > 0);
}
