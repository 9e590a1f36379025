/** A file of ours came back: what it says of its making stands in the box; the work is opened, or made again step by step. */
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Note } from '../../design/note.tsx';
import { defineWords, useWords } from '../../i18n/words.tsx';
import type { Recipe } from '../../shell/recipe.ts';
import { go, Link } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { followRecipe } from './from-file.ts';
import styles from './restored.module.css';

const WORDS = defineWords({
  title: { en: 'Restored from a file', zh: '由文件恢复' },
  lead: {
    en: '“{title}” says how it was made. Words, seed and options stand above; change them, or make the same work again.',
    zh: '《{title}》自述了来历。文字、种子与选项已填在上方，可以修改，也可以原样重做。',
  },
  step: { en: '{op} · seed {seed}', zh: '{op} · 种子 {seed}' },
  here: { en: 'It is among your works.', zh: '它在你的作品之中。' },
  open: { en: 'Open it', zh: '打开原作' },
  again: { en: 'Make the same again', zh: '原样重做' },
  same: { en: 'The same work, under the same name.', zh: '得到了同一件作品。' },
  other: {
    en: 'Another work came of it: an op or a model is not the same here.',
    zh: '得到了另一件作品：此处的操作或模型版本不同。',
  },
});

export function Restored({ recipe }: { readonly recipe: Recipe }): ReactNode {
  const say = useWords(WORDS);
  const [busy, setBusy] = useState(false);
  const { data } = useAnswer(`works/of/${recipe.work}`, (signal) =>
    api.works({ text: recipe.title, medium: recipe.medium, limit: 500 }, { signal }),
  );
  const own = data?.works.some(({ id }) => id === recipe.work);
  const again = (): void => {
    setBusy(true);
    followRecipe(recipe)
      .then((work) => {
        tell(say(work === recipe.work ? 'same' : 'other'));
        go(`/works/${work}`);
      }, tellFault)
      .finally(() => setBusy(false));
  };
  return (
    <section className={styles.restored} aria-label={say('title')}>
      <h2>{say('title')}</h2>
      <p className={styles.lead}>{say('lead', { title: recipe.title || recipe.medium })}</p>
      <ol className={styles.steps}>
        {recipe.steps.map(({ op, seed, options }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={i}>
            {say('step', { op, seed })}
            {Object.keys(options).length > 0 && <code className={styles.options}>{JSON.stringify(options)}</code>}
          </li>
        ))}
      </ol>
      {own && <Note good>{say('here')}</Note>}
      <div className={styles.acts}>
        {own && <Link href={`/works/${recipe.work}`}>{say('open')}</Link>}
        <Button icon="again" disabled={busy} onClick={again}>
          {say('again')}
        </Button>
      </div>
    </section>
  );
}
