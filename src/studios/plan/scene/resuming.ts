import type { SceneToken } from './token.ts';

const RESUMING =
  /^(?:sits?|stands?|lies?|hangs?|floats?|sleeps?|rests?|perches|leans?|waits?|watches|looms?|rises|towers?|drifts?|hovers?|crouches|kneels?|walks?|flies|swims?|grows?|runs?|climbs?|is|are|looks?|glides?|circles?|stretches|curls?|nestles?)$/u;

/** `An owl, a key in its beak, sits above the door`: whether a verb takes up the subject of the sentence. */
export function resumes(tokens: readonly SceneToken[], i: number): boolean {
  const next = tokens[i + 1];
  if (next?.language !== 'en' || next.thing) return false;
  // a bicycle, its basket full of lavender, leaning on a wall
  const start = tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1;
  const isAside = tokens.slice(start, i).some(({ reversed }) => reversed);
  return (
    RESUMING.test(next.text) || (isAside && /^(?:leaning|propped|parked|lying|standing|resting)\b/u.test(next.text))
  );
}
