import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/pages.ts';

export function ComposePage(_: PageProps): ReactNode {
  return <h1>ComposePage</h1>;
}
