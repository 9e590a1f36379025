import type { ReactNode } from 'react';
import type { PageProps } from '../../shell/page-props.ts';

export function TrainPage(_: PageProps): ReactNode {
  return <h1>TrainPage</h1>;
}
