/** `alternatives`: other words for a place of a text, by a model that fills gaps; of a poem only those that keep its form. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { InputWork } from '../../kernel/index.ts';
import type { Poem, Prose } from '../../studios/text/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { languageOf } from '../language.ts';
import { numberIn } from '../option-values.ts';
import { preferredModel } from '../preferred-model.ts';
import { readPoemArgument } from '../read-poem-argument.ts';
import { formatTable } from '../terminal/table.ts';
import { indent } from '../verse/poem-sheet.ts';
import { getNamedWork } from './works.ts';

interface AlternativesOptions {
  readonly for: string;
  readonly nth: number;
  readonly about?: string;
  readonly form?: string;
  readonly rhymeBook?: string;
  readonly model?: string;
  readonly count?: number;
}

interface Found {
  readonly now: string;
  readonly candidates: readonly { readonly text: string; readonly probability: number }[];
  readonly refused: number;
  readonly form: string;
  readonly model: string;
}

/** A text as the op takes it. */
interface Given {
  readonly text: string;
  readonly form?: string;
  readonly rhymeBook?: string;
  readonly locks?: readonly { readonly from: number; readonly to: number }[];
}

/** Adds the command. */
export function addAlternatives(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const whole = { min: 1, max: 100, whole: true } as const;
  program
    .command('alternatives')
    .description(say('alternatives.summary'))
    .argument('[text]', say('alternatives.text'))
    .requiredOption('--for <words>', say('alternatives.for'))
    .option('--nth <n>', say('alternatives.nth'), numberIn('--nth', { min: 1, max: 10_000, whole: true }), 1)
    .option('--about <work>', say('alternatives.about'))
    .option('-f, --form <form>', say('alternatives.form'))
    .option('--rhyme-book <book>', say('write.rhymeBook'))
    .option('-n, --count <n>', say('alternatives.count'), numberIn('--count', whole))
    .option('--model <name>', say('alternatives.model'))
    .action((text: string | undefined, options: AlternativesOptions) =>
      answer(() => alternatives(door, text, options)),
    );
}

async function alternatives(door: Door, text: string | undefined, options: AlternativesOptions): Promise<Reply> {
  const os = await door.os();
  const given = await textOf(door, text, options.about);
  door.speak(languageOf(given.text));
  const model = options.model ?? (await preferredModel(door, 'gaps'));
  const { form, rhymeBook, count } = options;
  const wishes = Object.entries({ form, rhymeBook, count }).filter(([, value]) => value !== undefined);
  const asked = { ...given, ...placeOf(given.text, options), model, ...Object.fromEntries(wishes) };
  const report = await os.ask({ op: 'text/alternatives', options: asked, signal: door.world.signal });
  const found = report as unknown as Found;
  const rows = found.candidates.map(({ text: words, probability }) => [words, sayShare(probability)]);
  const told = [
    ...(rows.length === 0 ? [door.say('alternatives.none')] : []),
    ...(found.refused > 0 ? [door.say('alternatives.refused', { n: found.refused, form: found.form })] : []),
    door.say('alternatives.by', { model: found.model }),
  ];
  return {
    json: { alternatives: found },
    lines: ['', ...indent(formatTable(rows)), '', ...indent(told.map(door.ink.quiet)), ''],
  };
}

const sayShare = (share: number): string => (share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`);

async function textOf(door: Door, text: string | undefined, about: string | undefined): Promise<Given> {
  if (about === undefined) {
    if (text === undefined) throw missing('No text was given.', '没有给出文字。');
    return { text: await readPoemArgument(door.world, text) };
  }
  const os = await door.os();
  const loaded = await os.load((await getNamedWork(door, about)).id);
  if (loaded.work.medium === 'prose') {
    const { text: whole, locks = [] } = loaded.document as Prose;
    return { text: whole, locks };
  }
  if (loaded.work.medium === 'verse') return poemText(loaded);
  throw missing('This work is neither a poem nor prose.', '这件作品既不是诗词也不是散文。');
}

/** A line each; free verse as it was written. */
function poemText({ document }: InputWork): Given {
  const { lines, form, rhymeBook, locked = [] } = document as Poem;
  const starts = lines.map((_, l) => lines.slice(0, l).join('\n').length + (l > 0 ? 1 : 0));
  const locks = locked.map(([line, place]) => {
    const characters = [...lines[line]!];
    const from = starts[line]! + characters.slice(0, place).join('').length;
    return { from, to: from + characters[place]!.length };
  });
  return { text: lines.join('\n'), form, ...(form !== 'free' && { rhymeBook }), locks };
}

function placeOf(text: string, { for: words, nth }: AlternativesOptions): { from: number; to: number } {
  let from = -1;
  for (let i = 0; i < nth; i++) {
    from = words === '' ? -1 : text.indexOf(words, from + 1);
    if (from < 0)
      throw missing(`'${words}' does not stand ${nth} times in the text.`, `文中没有第 ${nth} 处“${words}”。`);
  }
  return { from, to: from + words.length };
}

function missing(message: string, zh: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-argument',
    message,
    hint: 'llmagentos alternatives "…" --for WORDS, or --about WORK --for WORDS',
    zh: { message: zh, hint: 'llmagentos alternatives "……" --for 字词，或 --about 作品 --for 字词' },
  });
}
