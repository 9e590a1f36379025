/** Asks for the marks of the sheet after every keystroke, and measures how long it took until they stood on the page. */
import { useEffect, useRef, useState } from 'react';
import { faultOf } from '../../api/fault.ts';
import { api } from '../../api/studio.ts';
import type { Fault } from '../../design/note.tsx';
import { type Manuscript, textOf } from './manuscript.ts';

export interface Syllable {
  readonly character: string;
  readonly line: number;
  readonly place: number;
  readonly required: string;
  readonly found: string;
  readonly pinyin: string;
  readonly rhyme?: string;
  readonly polyphone?: readonly string[];
  readonly rescuedBy?: string;
}

export interface Violation {
  readonly rule: string;
  readonly line: number;
  readonly place?: number;
  readonly message: { readonly en: string; readonly zh: string };
}

export interface Marks {
  /** The lines these marks are of, to tell whether they are still true. */
  readonly text: string;
  readonly form: string;
  readonly rhymeBook: string;
  readonly valid: boolean;
  readonly finished: boolean;
  readonly rhymes: Readonly<Record<string, string>>;
  readonly syllables: readonly Syllable[];
  readonly violations: readonly Violation[];
}

/** The marks of a sheet; those before are shown until new ones are there. */
export function useMarks({ lines, form, rhymeBook }: Manuscript): {
  marks: Marks | undefined;
  fault: Fault | undefined;
} {
  const [marks, setMarks] = useState<Marks>();
  const [fault, setFault] = useState<Fault>();
  const text = textOf(lines).join('\n');
  const asking = useRef(false);
  const wanted = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    const started = performance.now();
    const options = { lines: text.split('\n'), ...(form && { form }), ...(rhymeBook && { rhymeBook }) };
    const ask = async (): Promise<void> => {
      asking.current = true;
      wanted.current = undefined;
      try {
        const { report } = await api.ask({ op: 'verse/mark', options });
        setMarks({ ...(report as Omit<Marks, 'text'>), text });
        setFault(undefined);
        requestAnimationFrame(() =>
          performance.measure('keystroke-to-mark', { start: started, end: performance.now() }),
        );
      } catch (thrown) {
        setFault(faultOf(thrown));
      }
      asking.current = false;
      const next = wanted.current as (() => void) | undefined;
      next?.();
    };
    // One question at a time, and always the latest: a quick hand is never left without marks.
    if (asking.current) wanted.current = () => void ask();
    else void ask();
  }, [text, form, rhymeBook]);
  return { marks, fault };
}
