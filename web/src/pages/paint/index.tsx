import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function PaintPage(_: PageProps): ReactNode {
  return <h1>PaintPage</h1>;
}
