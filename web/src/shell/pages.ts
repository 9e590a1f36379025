/** Every page of the studio: its path, its name, its sign, and the code that is loaded when it is first opened. */
import { type ComponentType, lazy } from 'react';
import type { IconName } from '../design/icon.tsx';
import type { Both } from '../i18n/words.tsx';
import type { PageProps } from './page-props.ts';

export interface Page {
  readonly path: string;
  readonly icon: IconName;
  readonly name: Both;
  readonly View: ComponentType<PageProps>;
  /** Stands in the bar at the foot of a telephone; the others are behind "more". */
  readonly first?: true;
}

export const PAGES: readonly Page[] = [
  {
    path: '/',
    icon: 'create',
    name: { en: 'Create', zh: '创作' },
    View: lazy(async () => ({ default: (await import('../pages/create/index.tsx')).CreatePage })),
    first: true,
  },
  {
    path: '/write',
    icon: 'write',
    name: { en: 'Write', zh: '写作' },
    View: lazy(async () => ({ default: (await import('../pages/write/index.tsx')).WritePage })),
    first: true,
  },
  {
    path: '/paint',
    icon: 'paint',
    name: { en: 'Paint', zh: '绘画' },
    View: lazy(async () => ({ default: (await import('../pages/paint/index.tsx')).PaintPage })),
    first: true,
  },
  {
    path: '/compose',
    icon: 'compose',
    name: { en: 'Compose', zh: '作曲' },
    View: lazy(async () => ({ default: (await import('../pages/compose/index.tsx')).ComposePage })),
    first: true,
  },
  {
    path: '/works',
    icon: 'works',
    name: { en: 'Works', zh: '作品' },
    View: lazy(async () => ({ default: (await import('../pages/works/index.tsx')).WorksPage })),
    first: true,
  },
  {
    path: '/agents',
    icon: 'agents',
    name: { en: 'Agents', zh: '智能体' },
    View: lazy(async () => ({ default: (await import('../pages/agents/index.tsx')).AgentsPage })),
  },
  {
    path: '/lineage',
    icon: 'lineage',
    name: { en: 'Lineage', zh: '谱系' },
    View: lazy(async () => ({ default: (await import('../pages/lineage/index.tsx')).LineagePage })),
  },
  {
    path: '/train',
    icon: 'train',
    name: { en: 'Train', zh: '训练' },
    View: lazy(async () => ({ default: (await import('../pages/train/index.tsx')).TrainPage })),
  },
  {
    path: '/models',
    icon: 'models',
    name: { en: 'Models', zh: '模型' },
    View: lazy(async () => ({ default: (await import('../pages/models/index.tsx')).ModelsPage })),
  },
  {
    path: '/system',
    icon: 'system',
    name: { en: 'System', zh: '系统' },
    View: lazy(async () => ({ default: (await import('../pages/system/index.tsx')).SystemPage })),
  },
];

/** The page of an address, and what comes after its path; the first page where nothing fits. */
export function pageOf(pathname: string): { readonly page: Page; readonly rest: string } {
  const page =
    PAGES.findLast(({ path }) => path !== '/' && (pathname === path || pathname.startsWith(`${path}/`))) ?? PAGES[0]!;
  return {
    page,
    rest: decodeURIComponent(page.path === '/' ? pathname.slice(1) : pathname.slice(page.path.length + 1)),
  };
}
