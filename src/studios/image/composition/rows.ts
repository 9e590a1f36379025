/** A sown field in strips, the nearer before what stands in it: who walks through wheat is hidden up to the knees. */
import type { Body } from './draft.ts';
import type { Paper } from './paper.ts';
import { isSown } from './stature.ts';
import type { Placed } from './types.ts';

/** Where the strips begin, as shares of the way from the horizon to the foot of the paper; what is beyond the first is far away. */
const STRIPS = [0.14, 0.26, 0.4, 0.56, 0.76] as const;

/** The strips of every field among the bodies. */
export const rowsOf = (bodies: readonly Body[], { height }: Paper, seed: string): Placed[] =>
  bodies
    .filter(({ element }) => isSown(element.states))
    .flatMap(({ element: { id, kind, colour }, from, box }) =>
      STRIPS.map((begin, i): Placed => {
        const [top, end] = [box.y + (height - box.y) * begin, box.y + (height - box.y) * (STRIPS[i + 1] ?? 1.12)];
        const name = `${id}-${from}-row-${i + 1}`;
        // As bodies are placed within the box: the foot of the strip says how near it is.
        const depth = Math.min(0.98, Math.max(0.25, ((top - box.y) / box.height - 0.12) / 0.8));
        return {
          name,
          element: id,
          kind,
          from,
          states: ['rows'],
          box: { x: box.x, y: top, width: box.width, height: end - top },
          depth,
          mirrored: false,
          colour,
          seed: `${seed}/${name}`,
        };
      }),
    );
