import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function ComposePage(_: PageProps): ReactNode {
  return <h1>ComposePage</h1>;
}
