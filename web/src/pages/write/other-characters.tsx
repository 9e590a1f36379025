/** What a model that fills gaps would write under the cursor of the sheet; only where there is such a model. */
import type { ReactNode } from 'react';
import { type At, type Manuscript, textOf } from './manuscript.ts';
import { OtherWords } from './other-words.tsx';
import { useGapFiller } from './use-gap-filler.ts';

interface OtherCharactersProps {
  readonly sheet: Manuscript;
  readonly at: At;
  onTake(character: string): void;
}

export function OtherCharacters({ sheet, at, onTake }: OtherCharactersProps): ReactNode {
  const model = useGapFiller();
  const lines = textOf(sheet.lines);
  const here = [...(lines[at.line] ?? '')];
  const character = here[at.place];
  // A sheet without a word says nothing about any of its places.
  const written = sheet.lines.some((cells) => cells.some(({ c }) => c !== ''));
  if (!model || !written || character === undefined || sheet.lines[at.line]?.[at.place]?.locked) return null;
  const above = lines.slice(0, at.line).map((line) => `${line}\n`);
  const from = [...above, ...here.slice(0, at.place)].join('').length;
  return (
    <OtherWords
      text={lines.join('\n')}
      place={{ from, to: from + character.length }}
      locks={[]}
      form={sheet.form}
      rhymeBook={sheet.rhymeBook}
      onTake={onTake}
    />
  );
}
