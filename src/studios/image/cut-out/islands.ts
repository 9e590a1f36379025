/** The connected parts of a cut, and which of them are the subject. */

export interface Subject {
  /** 1 for the subject. */
  readonly subject: Uint8Array;
  /** 0–1: share of what the cut found that is hardly the subject, and was left out or stands apart. */
  readonly doubt: number;
}

/** Smaller parts than this share of the largest are specks. */
const SPECK = 0.02;

interface Island {
  readonly pixels: readonly number[];
  readonly atEdge: boolean;
}

/** Leaves out specks, and what runs out of the picture where the largest part that does not is large enough itself. */
export function chooseSubject(cut: Uint8Array, width: number): Subject {
  const islands = islandsOf(cut, width).sort((a, b) => b.pixels.length - a.pixels.length);
  const [largest] = islands;
  if (!largest) return { subject: cut, doubt: 1 };
  const inside = islands.find(({ atEdge }) => !atEdge);
  const main = inside && inside.pixels.length >= 0.2 * largest.pixels.length ? inside : largest;
  const least = SPECK * main.pixels.length;
  const kept = islands.filter(
    (island) => island === main || (island.pixels.length >= least && (!island.atEdge || main.atEdge)),
  );
  const subject = new Uint8Array(cut.length);
  for (const { pixels } of kept) for (const at of pixels) subject[at] = 1;
  const found = cut.reduce((a, b) => a + b, 0);
  return { subject, doubt: 1 - main.pixels.length / found };
}

function islandsOf(cut: Uint8Array, width: number): Island[] {
  const height = cut.length / width;
  const seen = new Uint8Array(cut.length);
  const islands: Island[] = [];
  for (let start = 0; start < cut.length; start++) {
    if (!cut[start] || seen[start]) continue;
    seen[start] = 1;
    const pixels = [start];
    let atEdge = false;
    for (let i = 0; i < pixels.length; i++) {
      const at = pixels[i]!;
      const [x, y] = [at % width, Math.floor(at / width)];
      // The border itself is background by assumption, so what runs out of the picture ends a little before it.
      atEdge ||= Math.min(x, y) < NEAR || x >= width - NEAR || y >= height - NEAR;
      for (const [dx, dy] of AROUND) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
        const next = ny * width + nx;
        if (!cut[next] || seen[next]) continue;
        seen[next] = 1;
        pixels.push(next);
      }
    }
    islands.push({ pixels, atEdge });
  }
  return islands;
}

const NEAR = 8;
const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
