/** Paints by name: what made things are made of, with colour in white light and tone for ink. */
import type { Material } from '../types.ts';
import table from './paints.table.json' with { type: 'json' };

export type PaintName = keyof typeof table;

export interface Paint {
  readonly material: Material;
  readonly colour: string;
  readonly tone: number;
}

/** A paint of the table; throws RangeError for a name that is not there. */
export function paintOf(name: string): Paint {
  const entry = table[name as PaintName];
  if (!entry) throw new RangeError(`paint: no paint is called "${name}"`);
  const [material, colour, tone] = entry as [Material, string, number];
  return { material, colour, tone };
}
