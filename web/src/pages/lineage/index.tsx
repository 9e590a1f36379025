import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function LineagePage(_: PageProps): ReactNode {
  return <h1>LineagePage</h1>;
}
