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
  const asked = useRef(0);
  useEffect(() => {
    const controller = new AbortController();
    const started = performance.now();
    asked.current = started;
    const options = { lines: text.split('\n'), ...(form && { form }), ...(rhymeBook && { rhymeBook }) };
    api.ask({ op: 'verse/mark', options }, { signal: controller.signal }).then(
      ({ report }) => {
        setMarks({ ...(report as Omit<Marks, 'text'>), text });
        setFault(undefined);
        requestAnimationFrame(() =>
          performance.measure('keystroke-to-mark', { start: started, end: performance.now() }),
        );
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) setFault(faultOf(thrown));
      },
    );
    return () => controller.abort();
  }, [text, form, rhymeBook]);
  return { marks, fault };
}
