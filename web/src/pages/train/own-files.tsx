/** The place where an artist's files come in: dropped, or chosen as files or as a folder. */
import { type DragEvent, type ReactNode, useRef } from 'react';
import { Button } from '../../design/button.tsx';
import { sayBytes } from '../../i18n/measures.ts';
import { useWords } from '../../i18n/words.tsx';
import styles from './train.module.css';
import { filesOf } from './walk.ts';
import { WORDS } from './words.ts';

interface OwnFilesProps {
  readonly files: readonly File[];
  onChange(files: readonly File[]): void;
}

/** Lets a whole folder be chosen; what all browsers call it, and no standard does. */
const DIRECTORY = { webkitdirectory: '' };

export function OwnFiles({ files, onChange }: OwnFilesProps): ReactNode {
  const say = useWords(WORDS);
  const chooser = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const add = (more: readonly File[]): void => onChange([...files, ...more.filter((file) => file.size > 0)]);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void filesOf(event.dataTransfer).then(add);
  };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same by keyboard
    <div className={styles.drop} onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <p className={styles.dropTitle}>
        {files.length === 0 ? say('drop') : say('chosen', { n: files.length, size: sayBytes(size) })}
      </p>
      <p className={styles.quiet}>{say('dropHint')}</p>
      <div className={styles.row}>
        <Button icon="bring" onClick={() => chooser.current?.click()}>
          {say('files')}
        </Button>
        <Button onClick={() => folder.current?.click()}>{say('folder')}</Button>
        {files.length > 0 && (
          <Button tone="quiet" onClick={() => onChange([])}>
            {say('clear')}
          </Button>
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={say('files')}
        onChange={(event) => add([...(event.target.files ?? [])])}
      />
      <input
        ref={folder}
        type="file"
        {...DIRECTORY}
        hidden
        aria-label={say('folder')}
        onChange={(event) => add([...(event.target.files ?? [])])}
      />
    </div>
  );
}
