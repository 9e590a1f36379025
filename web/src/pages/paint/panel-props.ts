/** What every panel beside the easel is given. */
import type { WorkPage } from '@llmagentos/sdk/client';
import type { LayerState } from './layers/use-layers.ts';
import type { Stroke } from './strokes.ts';
import type { Acts } from './use-studio.ts';
import type { Shape } from './words.ts';

export interface PanelsProps {
  readonly id: string | undefined;
  readonly work: WorkPage | undefined;
  readonly layers: LayerState;
  /** Address of the picture on the paper, while there is one. */
  readonly picture: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
  readonly strokes: readonly Stroke[];
  readonly acts: Acts;
  onShape(shape: Shape): void;
}
