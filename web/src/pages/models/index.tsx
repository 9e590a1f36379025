/** The models at hand: what each does, from what it learned, how it scored, whether it is used. */
import type { ModelView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Empty, FaultNote } from '../../design/note.tsx';
import { Sheet } from '../../design/page.tsx';
import { defineWords, useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { AddModel } from './add-model.tsx';
import { ModelCard } from './model-card.tsx';

const WORDS = defineWords({
  title: { en: 'Models', zh: '模型' },
  lead: {
    en: 'Small networks that run on this machine. Those that ship were trained by this project on open data; the others are yours.',
    zh: '在本机运行的小网络。随系统而来的，由本项目用开放数据训练；其余是你自己的。',
  },
  none: { en: 'No models are at hand. Train one on your own work.', zh: '还没有模型。可用你自己的作品训练一个。' },
});

export function ModelsPage(_: PageProps): ReactNode {
  const say = useWords(WORDS);
  const { data, fault, again } = useAnswer('models', (signal) => api.models({ signal }));
  return (
    <Sheet title={say('title')} lead={say('lead')}>
      {fault && <FaultNote fault={fault} />}
      {data?.models.length === 0 && <Empty>{say('none')}</Empty>}
      <div>
        {data?.models.toSorted(ownFirst).map((model) => (
          <ModelCard key={model.name} model={model} onChange={again} />
        ))}
      </div>
      <AddModel onAdded={again} />
    </Sheet>
  );
}

function ownFirst(a: ModelView, b: ModelView): number {
  return Number(a.shipped) - Number(b.shipped) || a.name.localeCompare(b.name);
}
