/** One model, as its card says: what it is for, its size and licence, its teachers, its marks, its limits. */
import type { ModelView } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { Switch } from '../../design/field.tsx';
import { Facts } from '../../design/page.tsx';
import { sayBytes, sayCount } from '../../i18n/measures.ts';
import { type Both, defineWords, useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './model-card.module.css';
import { flattenScores } from './scores.ts';

const WORDS = defineWords({
  own: { en: 'yours', zh: '你的' },
  shipped: { en: 'ships with the system', zh: '随系统而来' },
  resident: { en: 'in memory', zh: '在内存中' },
  used: { en: 'Used', zh: '使用' },
  engine: { en: 'Engine', zh: '引擎' },
  can: { en: 'Can', zh: '能力' },
  token: { en: 'write token by token', zh: '逐词元写作' },
  chat: { en: 'converse', zh: '对话' },
  picture: { en: 'make pictures', zh: '作画' },
  sound: { en: 'make sound', zh: '作声' },
  eye: { en: 'look at pictures', zh: '看图' },
  embedder: { en: 'compare texts', zh: '比较文字' },
  gaps: { en: 'fill gaps', zh: '填空' },
  remove: { en: 'Remove', zh: '移除' },
  really: { en: 'Remove it? Its folder is laid aside.', zh: '确定移除？它的文件夹会另行保存。' },
  licence: { en: 'Licence', zh: '许可' },
  parameters: { en: 'Parameters', zh: '参数' },
  size: { en: 'On disk', zh: '占用' },
  memory: { en: 'Memory', zh: '内存' },
  needs: { en: 'about {need} MiB', zh: '约需 {need} MiB' },
  large: {
    en: 'Too large for this machine now: about {need} MiB are needed, {room} MiB can be had.',
    zh: '本机目前装不下：约需 {need} MiB，可用 {room} MiB。',
  },
  instead: {
    en: 'The largest that fits and can do the same is {name} (about {need} MiB).',
    zh: '用途相同而装得下的，最大的是 {name}（约需 {need} MiB）。',
  },
  learned: { en: 'Learned from', zh: '学自' },
  scores: { en: 'Scores', zh: '成绩' },
  limits: { en: 'Limits', zh: '局限' },
  more: { en: 'The whole card', zh: '完整卡片' },
  less: { en: 'Close the card', zh: '收起卡片' },
});

interface Teacher {
  readonly name: string;
  readonly licence?: string;
}

/** `onChange` after it was turned on or off. */
export function ModelCard({ model, onChange }: { readonly model: ModelView; onChange(): void }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { language } = useSpeech();
  const [open, setOpen] = useState(false);
  const { card } = model;
  const teachers = (card.trainedOn ?? []) as readonly Teacher[];
  const turn = (enabled: boolean): void => void api.setModel(model.name, { enabled }).then(onChange, tellFault);
  const [asked, setAsked] = useState(false);
  const remove = (): void => void api.removeModel(model.name).then(onChange, tellFault);
  return (
    <article className={styles.card} aria-label={model.name}>
      <div className={styles.head}>
        <h2>{model.name}</h2>
        <span className={styles.state}>
          {say(model.shipped ? 'shipped' : 'own')}
          {model.resident && ` · ${say('resident')}`}
        </span>
        <Switch label={say('used')} on={model.enabled} onSwitch={turn} />
      </div>
      <p className={styles.summary}>{isBoth(card.summary) ? both(card.summary) : ''}</p>
      <TooLarge model={model} />
      {model.fault && <p className={styles.fault}>{model.fault}</p>}
      <Facts
        facts={[
          ...(model.driver === 'house' ? [] : ([[say('engine'), model.driver]] as const)),
          ...(model.roles.length > 0
            ? ([[say('can'), model.roles.map((role) => say(role as 'token')).join(' · ')]] as const)
            : []),
          [say('licence'), String(card.licence ?? '—')],
          [say('parameters'), typeof card.parameters === 'number' ? sayCount(card.parameters, language) : '—'],
          [say('size'), sayBytes(model.size)],
          ...(model.fit?.fits ? ([[say('memory'), say('needs', { need: mebibytes(model.fit.need) })]] as const) : []),
          ...(teachers.length > 0
            ? ([[say('learned'), <Teachers key="teachers" teachers={teachers} />]] as const)
            : []),
          ...(isBoth(card.limits) ? ([[say('limits'), both(card.limits)]] as const) : []),
        ]}
      />
      <div>
        <Button small tone="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? 'less' : 'more')}
        </Button>
        {!model.shipped && (
          <Button small tone="quiet" onClick={asked ? remove : () => setAsked(true)}>
            {say(asked ? 'really' : 'remove')}
          </Button>
        )}
      </div>
      {open && <Scores card={card} />}
    </article>
  );
}

/** Said before anybody loads it, with what fits instead. */
function TooLarge({ model: { fit } }: { readonly model: ModelView }): ReactNode {
  const say = useWords(WORDS);
  if (!fit || fit.fits) return null;
  const { need, room, instead } = fit;
  return (
    <p className={styles.fault}>
      {say('large', { need: mebibytes(need), room: mebibytes(room) })}
      {instead && ` ${say('instead', { name: instead.model, need: mebibytes(instead.bytes) })}`}
    </p>
  );
}

const mebibytes = (bytes: number): string => Math.ceil(bytes / 2 ** 20).toLocaleString('en');

function Teachers({ teachers }: { readonly teachers: readonly Teacher[] }): ReactNode {
  return (
    <ul className={styles.teachers}>
      {teachers.map(({ name, licence }) => (
        <li key={name}>
          {name} {licence && <span className={styles.quiet}>{licence}</span>}
        </li>
      ))}
    </ul>
  );
}

function Scores({ card }: { readonly card: ModelView['card'] }): ReactNode {
  const say = useWords(WORDS);
  const scores = flattenScores(card.scores);
  return (
    <div className={styles.whole}>
      {scores.length > 0 && (
        <>
          <h3>{say('scores')}</h3>
          <Facts facts={scores} />
        </>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={styles.json} tabIndex={0}>
        {JSON.stringify(card, null, 2)}
      </pre>
    </div>
  );
}

function isBoth(value: unknown): value is Both {
  const both = value as Partial<Both> | null | undefined;
  return typeof both?.en === 'string' && typeof both.zh === 'string';
}
