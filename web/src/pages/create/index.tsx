import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function CreatePage(_: PageProps): ReactNode {
  return <h1>CreatePage</h1>;
}
