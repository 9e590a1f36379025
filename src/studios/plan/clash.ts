/** Whether two theme words say the same twice: one within the other (明月, 月), or the same characters turned around (断肠, 肠断). */
export function clash(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one) || [...one].every((character) => other.includes(character));
}
