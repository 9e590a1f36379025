import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function ModelsPage(_: PageProps): ReactNode {
  return <h1>ModelsPage</h1>;
}
