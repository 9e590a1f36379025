/** Ids of parts: the wished ones where they are allowed and free, else `p1`, `p2` … by place. */

/** One id for each wish ('' for none), all different. */
export function partIds(wishes: readonly string[]): string[] {
  const taken = new Set<string>();
  return wishes.map((wish, i) => {
    let id = /^[a-z][a-z0-9-]{0,31}$/.test(wish) ? wish : `p${i + 1}`;
    for (let n = 2; taken.has(id); n++) id = `p${i + 1}-${n}`;
    taken.add(id);
    return id;
  });
}
