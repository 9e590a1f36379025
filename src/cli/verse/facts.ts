/** The compact facts around a poem: its heading, its verdict, the notes of its proof. */
import type { Work } from '../../kernel/index.ts';
import type { Poem, Proof, VerseForm, Violation } from '../../studios/text/index.ts';
import type { Door } from '../door.ts';
import { sayNovelty } from './novelty-lines.ts';
import { rhymeName } from './rhyme-name.ts';

/** The parts of `七绝 · 平起首句入韵 · 平水韵 · 押阳韵`. */
export function headingOf(poem: Poem, form: VerseForm | undefined, { language, say }: Door): string[] {
  if (form === undefined) return [say('poem.free')];
  const rhymes = [...new Set(Object.values(poem.proof.rhymes))].map((key) => rhymeName(poem.rhymeBook, key, language));
  return [
    form.name,
    // The English name of a regulated form tells its variant already.
    ...(language === 'en' ? [form.english] : []),
    ...(form.variant === '' || (language === 'en' && form.family === 'regulated') ? [] : [form.variant]),
    poem.rhymeBook,
    ...(rhymes.length === 0 ? [] : [say('poem.rhyme', { rhyme: rhymes.join(language === 'en' ? ', ' : '、') })]),
  ];
}

/** `✓ 格律无误`, or how many rules are broken. */
export function verdictOf({ valid, violations }: Proof, { ink, say }: Door): string {
  if (valid) return ink.good(`✓ ${say('poem.proved')}`);
  const key = violations.length === 1 ? 'poem.broken.one' : 'poem.broken.many';
  return ink.bad(`✗ ${say(key, { count: violations.length })}`);
}

/** How a poem came out just now: after how long, and whether the same wish had been answered before. */
export interface Run {
  readonly seconds: number;
  readonly cached: boolean;
}

function sayRun({ seconds, cached }: Run, say: Door['say']): string {
  return cached ? say('poem.recalled') : say('poem.seconds', { seconds: seconds.toFixed(1) });
}

/** One line: what was proved, what was compared, and what makes it again. */
export function factsLine(poem: Poem, work: Work, door: Door, run?: Run): string {
  const { say, ink } = door;
  const facts = [
    sayNovelty(work, door),
    say('poem.seed', { seed: work.record.seed }),
    ...(work.record.model === null ? [] : [work.record.model.name]),
    ...(run === undefined ? [] : [sayRun(run, say)]),
    work.id.slice(0, 8),
  ];
  return `${verdictOf(poem.proof, door)}${ink.quiet(` · ${facts.join(' · ')}`)}`;
}

/** Each broken rule; its sentence names the place. */
export function violationLines(violations: readonly Violation[], { language, ink }: Door): string[] {
  return violations.map((broken) => `${ink.bad('✗')} ${broken.message[language]}`);
}

/** What else the proof holds: polyphones with the reading that counted, rescued tones, how parallel the couplets are. */
export function proofNotes({ syllables, parallelism }: Proof, { say }: Door): string[] {
  const polyphones = syllables.filter((s) => s.polyphone !== undefined && s.polyphone.length > 1);
  const rescues = syllables.filter((s) => s.rescuedBy !== undefined);
  const note = (key: 'poem.polyphones' | 'poem.rescues' | 'poem.parallelism', list: readonly string[]): string[] =>
    list.length === 0 ? [] : [say(key, { list: list.join('  ') })];
  return [
    ...note('poem.polyphones', [...new Set(polyphones.map((s) => `${s.character} ${s.pinyin} ${s.found}`))]),
    ...note('poem.rescues', [...new Set(rescues.map((s) => `${s.character} ${s.rescuedBy}`))]),
    ...note(
      'poem.parallelism',
      parallelism.map(
        ({ lines, score }) => `${say('poem.lines', { first: lines[0] + 1, second: lines[1] + 1 })} ${score.toFixed(2)}`,
      ),
    ),
  ];
}
