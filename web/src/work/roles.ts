/** Roles of agents by name: on their own page, and wherever the ledger says who acted. */
import type { Both } from '../i18n/words.tsx';

/** Roles, and what each does. */
export const ROLES: Readonly<Record<string, { readonly name: Both; readonly does: Both }>> = {
  director: {
    name: { en: 'director', zh: '导演' },
    does: { en: 'plans, calls the others, has a critic look', zh: '作计划，请各位来做，再请评论者看' },
  },
  poet: { name: { en: 'poet', zh: '诗人' }, does: { en: 'writes poems whose form is proved', zh: '写合律的诗' } },
  painter: { name: { en: 'painter', zh: '画家' }, does: { en: 'settles a scene and paints it', zh: '定画面，作画' } },
  composer: {
    name: { en: 'composer', zh: '作曲者' },
    does: { en: 'settles style and key, composes', zh: '定风格与调，作曲' },
  },
  storyteller: { name: { en: 'storyteller', zh: '讲故事的人' }, does: { en: 'writes prose', zh: '写散文故事' } },
  editor: { name: { en: 'editor', zh: '编辑' }, does: { en: 'mends a text in three passes', zh: '分三遍修改文字' } },
  critic: { name: { en: 'critic', zh: '评论者' }, does: { en: 'scores with evidence', zh: '有依据地打分' } },
};
