/** What a picture measures, in words. */
import type { InputWork, Measure } from '../../kernel/index.ts';
import type { Door } from '../door.ts';
import { wrap } from '../terminal/width.ts';
import { indent } from '../verse/poem-sheet.ts';

/** Measures that warn of a copy: said in full, on lines of their own. */
const WARNINGS = new Set(['nearCopy', 'learnedCopy']);

/** The measures of pictures as data: `{"work","measures":{name: value}}` each. */
export async function critiques(works: readonly InputWork[], door: Door): Promise<object[]> {
  const os = await door.os();
  const all: object[] = [];
  for (const { work } of works) {
    const measures = await os.critique(work.id);
    all.push({
      work: work.id,
      measures: Object.fromEntries(measures.map(({ name, value }) => [name, rounded(value)])),
      ...copyIn(measures),
    });
  }
  return all;
}

/** The measures of one picture in a few lines: `contrast 0.21 · warmth 0.10`. */
export async function measureLines(id: string, door: Door): Promise<string[]> {
  const { ink, language, columns } = door;
  const os = await door.os();
  const measures = await os.critique(id);
  // The word stands before the colon; what it means, after it.
  const plain = measures.filter(({ name }) => !WARNINGS.has(name));
  const warnings = measures.filter(({ name }) => WARNINGS.has(name));
  const said = plain.map(({ summary, value }) => `${summary[language].split(/[:：]/)[0]} ${rounded(value)}`);
  return [
    ...indent(wrap(said.join(' · '), columns - 4).map(ink.quiet)),
    ...indent(warnings.flatMap(({ summary }) => wrap(summary[language], columns - 4)).map(ink.bad)),
  ];
}

/** The work that a picture is nearly a copy of. */
function copyIn(measures: readonly Measure[]): object {
  const found = measures.find(({ work }) => work !== undefined);
  return found ? { nearCopyOf: found.work } : {};
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
