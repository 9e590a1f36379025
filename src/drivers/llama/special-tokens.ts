/** Special tokens written in a text are tokens, not letters. */

/** Cuts a text at them: odd parts are special tokens, even ones what stands between. Longer ones win. */
export function splitAtSpecials(
  names: readonly string[],
  isSpecial: (id: number) => boolean,
): (text: string) => readonly string[] {
  const special = names.filter((name, id) => name !== '' && isSpecial(id)).sort((a, b) => b.length - a.length);
  if (special.length === 0) return (text) => [text];
  const at = new RegExp(`(${special.map(literally).join('|')})`, 'u');
  return (text) => text.split(at);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
