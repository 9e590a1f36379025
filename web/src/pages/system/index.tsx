import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function SystemPage(_: PageProps): ReactNode {
  return <h1>SystemPage</h1>;
}
