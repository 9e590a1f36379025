/** Files dropped anywhere on the studio come in: a picture, a score or a text becomes a work and opens on its page; what was made here restores its making. */
import { type ReactNode, useEffect, useState } from 'react';
import { noteJob, settled } from '../api/events.tsx';
import { api } from '../api/studio.ts';
import { defineWords, type Say, useWords } from '../i18n/words.tsx';
import styles from './dropped.module.css';
import { keepRecipe, recipeIn } from './recipe.ts';
import { go } from './router.tsx';
import { tell, tellFault } from './toasts.tsx';

const WORDS = defineWords({
  here: { en: 'Let go to bring it in', zh: '松手即可带入' },
  brought: { en: 'Brought: {name}', zh: '已带入：{name}' },
});

/** Brings a file and answers the id of the work that was read of it, else of the file itself. */
export async function bring(file: File): Promise<string> {
  const answer = await api.upload(file, { name: file.name });
  if (answer.job === null) return answer.file.id;
  noteJob(answer.job);
  const job = await settled(answer.job.id);
  return job.works[0] ?? answer.file.id;
}

/** What says how it was made opens with its words, seed and options; anything else is brought, and opens on its page. */
async function takeIn(file: File, say: Say<keyof typeof WORDS>): Promise<void> {
  const recipe = await recipeIn(file);
  if (recipe) {
    keepRecipe(recipe);
    return go(`/?restored=${recipe.work}`);
  }
  const id = await bring(file);
  tell(say('brought', { name: file.name }));
  go(`/works/${id}`);
}

/** The veil that shows while a file hangs over the page. A place with a drop of its own stops the event, and this one sleeps. */
export function Dropped(): ReactNode {
  const say = useWords(WORDS);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const withFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent): void => {
      if (!withFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!withFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 1) takeIn(files[0]!, say).catch(tellFault);
      else for (const file of files) bring(file).then(() => tell(say('brought', { name: file.name })), tellFault);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, [say]);
  return over ? <div className={styles.veil}>{say('here')}</div> : null;
}
