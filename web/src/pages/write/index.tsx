import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function WritePage(_: PageProps): ReactNode {
  return <h1>WritePage</h1>;
}
