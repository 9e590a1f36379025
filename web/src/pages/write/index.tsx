/** The page for writing: `/write` is a new sheet, `/write/ID` goes on from a work. */
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { cellsOf, emptySheet, type FormSheet, type Manuscript } from './manuscript.ts';
import { ProseDesk } from './prose-desk.tsx';
import { BLANK, type Span, type Writing } from './spans.ts';
import { VerseDesk } from './verse-desk.tsx';
import { WORDS } from './words.ts';
import styles from './write.module.css';

type Opened =
  | {
      readonly kind: 'verse';
      readonly poem: { title: string; form: string; rhymeBook: string; lines: string[] };
      readonly machine: [number, number][] | undefined;
      readonly made: boolean;
    }
  | { readonly kind: 'prose'; readonly prose: { title: string; text: string; spans: Span[] } };

export function WritePage({ rest }: PageProps): ReactNode {
  const say = useWords(WORDS);
  const [wanted, setKind] = useState<'verse' | 'prose'>('verse');
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
            {(['verse', 'prose'] as const).map((one) => (
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
      {kind === 'prose' && (rest === '' || work.data) && (
        <ProseDesk
          key={name}
          name={name}
          first={work.data?.kind === 'prose' ? writingOf(work.data.prose, rest) : BLANK}
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
  if (page.medium === 'prose') return { kind: 'prose', prose: document };
  const hands = (page.measures as unknown as { hands?: { machine: [number, number][] } }).hands;
  return { kind: 'verse', poem: document, machine: hands?.machine, made: page.op !== 'verse/keep' };
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
  const places = new Set(machine?.map((place) => place.join(':')));
  return {
    title: poem.title,
    form: form?.name ?? '',
    rhymeBook: form && poem.rhymeBook !== form.book ? poem.rhymeBook : '',
    vertical: false,
    lines: cellsOf(poem.lines, made ? 'machine' : 'human', places),
    from: id,
  };
}

function writingOf({ title, text, spans }: { title: string; text: string; spans: Span[] }, id: string): Writing {
  return { title, text, spans, locks: [], from: id };
}
