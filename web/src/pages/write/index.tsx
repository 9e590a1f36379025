/** The page for writing: `/write` is a new sheet, `/write/ID` goes on from a work. */
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { cellsOf, emptySheet, type FormSheet, type Manuscript } from './manuscript.ts';
import { ProseDesk } from './prose-desk.tsx';
import { BLANK, type Range, type Span, type Writing } from './spans.ts';
import { VerseDesk } from './verse-desk.tsx';
import { WORDS } from './words.ts';
import styles from './write.module.css';
import { type TextKind, writingOfFree } from './writing.ts';

type Kind = 'verse' | TextKind;
const KINDS: readonly Kind[] = ['verse', 'free', 'prose'];

interface OpenedPoem {
  readonly title: string;
  readonly form: string;
  readonly rhymeBook: string;
  readonly lines: readonly string[];
  readonly locked?: [number, number][];
  readonly proof?: { readonly valid: boolean };
}

type Opened =
  | {
      readonly kind: 'verse';
      readonly poem: OpenedPoem;
      readonly machine: [number, number][] | undefined;
      readonly made: boolean;
    }
  | { readonly kind: TextKind; readonly writing: Writing };

export function WritePage({ rest }: PageProps): ReactNode {
  const say = useWords(WORDS);
  const [wanted, setKind] = useState<Kind>('verse');
  const forms = useAnswer('verse-forms', async (signal) => {
    const { report } = await api.ask({ op: 'verse/forms', options: {} }, { signal });
    return (report as { forms: FormSheet[] }).forms;
  });
  const work = useAnswer(rest === '' ? null : `write/${rest}`, (signal) => openWork(rest, signal));
  const kind = work.data?.kind ?? wanted;
  const fault = forms.fault ?? work.fault;
  const name = rest || 'new';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{say('title')}</h1>
        {rest === '' && (
          <div className={styles.kinds} role="toolbar" aria-label={say('kind')}>
            {KINDS.map((one) => (
              <button
                key={one}
                type="button"
                className={styles.kind}
                aria-pressed={kind === one}
                onClick={() => setKind(one)}
              >
                {say(one)}
              </button>
            ))}
          </div>
        )}
      </div>
      {fault && <FaultNote fault={fault} />}
      {kind !== 'verse' && (rest === '' || work.data) && (
        <ProseDesk
          key={`${kind}/${name}`}
          name={name}
          kind={kind}
          first={work.data && work.data.kind !== 'verse' ? work.data.writing : BLANK}
        />
      )}
      {kind === 'verse' && forms.data && (rest === '' || work.data) && (
        <VerseDesk key={name} name={name} forms={forms.data} first={sheetOf(work.data, rest, forms.data)} />
      )}
    </div>
  );
}

async function openWork(id: string, signal: AbortSignal): Promise<Opened> {
  const [page, { bytes }] = await Promise.all([api.work(id, { signal }), api.content(id, { signal })]);
  const document = JSON.parse(new TextDecoder().decode(bytes)) as never;
  if (page.medium === 'prose') return { kind: 'prose', writing: writingOf(document, id) };
  const poem = document as OpenedPoem;
  const machine = page.hands?.machine;
  if (poem.form === 'free' && poem.proof?.valid)
    return { kind: 'free', writing: writingOfFree(poem, machine ?? [], id) };
  return { kind: 'verse', poem, machine, made: page.op !== 'verse/keep' };
}

function sheetOf(opened: Opened | undefined, id: string, forms: readonly FormSheet[]): Manuscript {
  const first = '七绝';
  if (opened?.kind !== 'verse')
    return emptySheet(
      forms.find(({ name }) => name === first),
      first,
    );
  const { poem, machine, made } = opened;
  const form = forms.find((each) => each.id === poem.form);
  const placed = (places: readonly (readonly number[])[] = []) => new Set(places.map((place) => place.join(':')));
  return {
    title: poem.title,
    form: form?.name ?? '',
    rhymeBook: form && poem.rhymeBook !== form.book ? poem.rhymeBook : '',
    vertical: false,
    lines: cellsOf(poem.lines, made ? 'machine' : 'human', { machine: placed(machine), locked: placed(poem.locked) }),
    from: id,
  };
}

interface KeptProse {
  readonly title: string;
  readonly text: string;
  readonly spans: readonly Span[];
  readonly locks?: readonly Range[];
}

function writingOf({ title, text, spans, locks = [] }: KeptProse, id: string): Writing {
  return { title, text, spans, locks, from: id };
}
