/** A model of the artist's own is added by its path; servers are added at the command line, which also grants them. */
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { Note } from '../../design/note.tsx';
import { defineWords, useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './model-card.module.css';

const WORDS = defineWords({
  label: { en: 'Add a model of your own', zh: '添加自己的模型' },
  lead: {
    en: 'The path of a GGUF or ONNX file, or of a folder of Hugging Face, diffusers or our own. It is told by its content and stays where it is. Servers are added in the terminal, which is also your leave to ask them: llmagentos models add http://…',
    zh: 'GGUF、ONNX 文件的路径，或 Hugging Face、diffusers 及本系统模型的文件夹。按内容辨认，文件留在原处。服务请在终端添加，那也就是允许访问它：llmagentos models add http://…',
  },
  path: { en: 'Path', zh: '路径' },
  add: { en: 'Add', zh: '添加' },
  adding: { en: 'Looking at it …', zh: '正在查看……' },
  added: { en: 'Added:', zh: '已添加：' },
  unknown: {
    en: 'Its licence is not known: look it up before you show what it makes.',
    zh: '许可不明：展示它的作品前请先查清。',
  },
});

/** `onAdded` after one was added. */
export function AddModel({ onAdded }: { onAdded(): void }): ReactNode {
  const say = useWords(WORDS);
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState('');
  const add = (): void => {
    setBusy(true);
    setTold('');
    api
      .addModel({ source: path.trim() })
      .then((model) => {
        setPath('');
        setTold(`${say('added')} ${model.name}. ${model.card.licence === 'unknown' ? say('unknown') : ''}`);
        onAdded();
      }, tellFault)
      .finally(() => setBusy(false));
  };
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h2>{say('label')}</h2>
      <p>{say('lead')}</p>
      <TextField
        label={say('path')}
        value={path}
        spellCheck={false}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" disabled={busy || path.trim() === ''}>
        {say(busy ? 'adding' : 'add')}
      </Button>
      {told && <Note good>{told}</Note>}
    </form>
  );
}
