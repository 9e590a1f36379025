import { type ReactNode, useEffect, useId, useRef } from 'react';
import { defineWords, useWords } from '../i18n/words.tsx';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

const WORDS = defineWords({ close: { en: 'Close', zh: '关闭' } });

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Buttons at the end, the main one last. */
  readonly foot?: ReactNode;
  onClose(): void;
}

/** A sheet over the page; shown while it is mounted. Escape and a click beside it close it; focus returns to where it was. */
export function Dialog({ title, wide, children, foot, onClose }: DialogProps): ReactNode {
  const say = useWords(WORDS);
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current!;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, and the browser hears it
    <dialog
      ref={ref}
      className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={say('close')} onClick={onClose} />
      </div>
      <div className={styles.body}>
        {children}
        {foot && <div className={styles.foot}>{foot}</div>}
      </div>
    </dialog>
  );
}
