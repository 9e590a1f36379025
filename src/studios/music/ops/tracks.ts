/** Which tracks of the tune language the parts of a score play while one of them is written by the model. */
import type { Part, Score } from '../score/index.ts';
import type { Track } from '../tunes/index.ts';

/** Tracks by the ids of parts; parts of two staves play two. */
export type Tracks = Readonly<Record<string, Track | readonly [Track, Track]>>;

/** Tracks for parts beside those `taken`: the first pitched part leads, the lowest is the bass; what has no room is not seen. */
export function tracksBeside(
  { parts }: Pick<Score, 'parts'>,
  taken: readonly Track[],
  but: readonly string[] = [],
): Tracks {
  const [lead, ...others] = parts.filter(({ percussion, id }) => !percussion && !but.includes(id));
  const free = (['bass', 'inner', 'accompaniment'] as const).filter((track) => !taken.includes(track));
  const tracks: Record<string, Track> = {};
  if (lead && oneStaff(lead) && !taken.includes('melody')) tracks[lead.id] = 'melody';
  for (const part of others.toReversed()) {
    const track = oneStaff(part) ? free.shift() : undefined;
    if (track) tracks[part.id] = track;
  }
  return tracks;
}

const oneStaff = ({ staves = 1 }: Part): boolean => staves === 1;

/** Tracks while one part of a score is written anew, and the ones that it plays itself. */
export function tracksFor(
  score: Pick<Score, 'parts'>,
  part: number,
): { readonly own: readonly Track[]; readonly all: Tracks } {
  const target = score.parts[part]!;
  const pitched = score.parts.filter(({ percussion }) => !percussion);
  const leads = target === pitched[0];
  const lowest = target === pitched.at(-1) && pitched.length > 2;
  const role: Track | readonly [Track, Track] = !oneStaff(target)
    ? [leads ? 'melody' : 'accompaniment', 'bass']
    : leads
      ? 'melody'
      : lowest
        ? 'bass'
        : 'inner';
  const own = typeof role === 'string' ? [role] : role;
  return { own, all: { ...tracksBeside(score, own, [target.id]), [target.id]: role } };
}
