/** A note of the voice. */
import type { NotePlace } from './find-melody.ts';
import type { Syllable } from './syllable.ts';

/** A note of the voice, in half beats from the start. */
export interface SungNote extends NotePlace {
  readonly at: number;
  readonly syllable: Syllable;
}
