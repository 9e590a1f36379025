/** Title, form and rhyme book of a sheet. */
import type { ReactNode } from 'react';
import { Select, TextField } from '../../design/field.tsx';
import { useSpeech, useWords } from '../../i18n/words.tsx';
import { type FormSheet, type Manuscript, reshape } from './manuscript.ts';
import styles from './verse-desk.module.css';
import { WORDS } from './words.ts';

const BOOKS = ['平水韵', '词林正韵', '中华通韵'];

interface FormChooserProps {
  readonly sheet: Manuscript;
  readonly forms: readonly FormSheet[];
  onChange(next: Manuscript): void;
  onForm(): void;
}

export function FormChooser({ sheet, forms, onChange, onForm }: FormChooserProps): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const names = new Map(forms.toReversed().map((form) => [form.name, form]));
  const order = ['regulated', 'old', 'tune'] as const;
  const choices = order.flatMap((family) =>
    [...names.values()]
      .filter((form) => form.family === family)
      .reverse()
      .map(({ name, english }) => ({ value: name, label: language === 'zh' ? name : `${name} ${english}` })),
  );
  return (
    <div className={styles.top}>
      <TextField
        label={say('untitled')}
        value={sheet.title}
        maxLength={40}
        onChange={(event) => onChange({ ...sheet, title: event.target.value })}
      />
      <Select
        label={say('form')}
        value={sheet.form}
        choices={choices}
        onChoose={(name) => {
          const form = names.get(name);
          if (!form) return;
          onChange({ ...sheet, form: name, lines: reshape(sheet.lines, form) });
          onForm();
        }}
      />
      <Select
        label={say('book')}
        value={sheet.rhymeBook}
        choices={[{ value: '', label: say('ownBook') }, ...BOOKS.map((book) => ({ value: book, label: book }))]}
        onChoose={(rhymeBook) => onChange({ ...sheet, rhymeBook })}
      />
    </div>
  );
}
