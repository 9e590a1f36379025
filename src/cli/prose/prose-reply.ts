/** The answer of a command that wrote prose: the passage, the artist's opening and the model's words told apart. */
import type { InputWork, JobResult } from '../../kernel/index.ts';
import type { Prose } from '../../studios/text/index.ts';
import type { Door, Reply } from '../door.ts';
import { publicWorks } from '../public-json.ts';
import { wrap } from '../terminal/width.ts';

/** Data and lines of the passages that a job wrote. */
export async function proseReply(door: Door, result: JobResult, seconds: number): Promise<Reply> {
  const os = await door.os();
  const loaded = await Promise.all(result.works.map((work) => os.load(work.id)));
  const lines = loaded.flatMap((each) => ['', ...prosePage(each, door, result.cached ? undefined : seconds), '']);
  return { json: { works: await publicWorks(loaded) }, lines };
}

/** One passage as a page: paragraphs, the machine's part marked at the margin, and its facts. */
export function prosePage({ work, document }: InputWork, door: Door, seconds?: number): string[] {
  const { title, text, spans } = document as Prose;
  const { ink, say, columns } = door;
  const human = spans.find(({ by }) => by === 'human')?.to ?? 0;
  const part = (words: string, mark: string): string[] =>
    words
      .split(/\n+/)
      .filter((paragraph) => paragraph.trim() !== '')
      .flatMap((paragraph) => [...wrap(paragraph.trim(), columns - 6).map((line) => `${mark} ${line}`)]);
  const facts = [
    say('medium.prose'),
    work.id.slice(0, 8),
    work.record.model?.name ?? '',
    say('prose.seed', { seed: work.record.seed }),
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
  ].filter((fact) => fact !== '');
  return [
    ...(title === '' ? [] : [`  ${ink.title(title)}`, '']),
    ...part(text.slice(0, human), '  '),
    ...part(text.slice(human), `  ${ink.accent('┊')}`),
    '',
    `  ${ink.quiet(facts.join(' · '))}`,
    ...(human > 0 ? [`  ${ink.quiet(say('prose.legend'))}`] : []),
  ];
}
