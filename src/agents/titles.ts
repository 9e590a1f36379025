import type { Bilingual } from '../kernel/index.ts';

const TITLES: Readonly<Record<string, Bilingual>> = {
  director: { en: 'director', zh: '导演' },
  poet: { en: 'poet', zh: '诗人' },
  painter: { en: 'painter', zh: '画家' },
  composer: { en: 'composer', zh: '作曲者' },
  editor: { en: 'editor', zh: '编辑' },
  critic: { en: 'critic', zh: '评论者' },
  storyteller: { en: 'storyteller', zh: '讲故事的人' },
};

/** What people call a role; its name where there is none. */
export function titleOf(role: string): Bilingual {
  return TITLES[role] ?? { en: role, zh: role };
}
