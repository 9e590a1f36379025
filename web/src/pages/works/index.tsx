import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function WorksPage(_: PageProps): ReactNode {
  return <h1>WorksPage</h1>;
}
