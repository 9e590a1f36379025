/**
 * Whole pictures in terminals that can show them.
 *
 *   kitty   ESC _G … ESC \\   PNG in pieces of base64 (kitty, Ghostty, WezTerm)        iTerm2   ESC ]1337;File=… BEL   the file in base64 (iTerm2, WezTerm)
 *
 * Sixel is not spoken: it cannot be known without asking the terminal and waiting for its answer. Within tmux and screen, which pass neither on by
 * themselves, half blocks stand in.
 */

/** A way of speaking to terminals. */
export type PictureProtocol = 'kitty' | 'iterm';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a terminal understands, by what it says of itself; undefined: neither. */
export function pictureProtocol(env: Environment): PictureProtocol | undefined {
  if (env.TMUX || env.STY || /^(screen|tmux)/.test(env.TERM ?? '')) return undefined;
  if (env.KITTY_WINDOW_ID || env.TERM === 'xterm-kitty' || env.TERM === 'xterm-ghostty') return 'kitty';
  if (env.TERM_PROGRAM === 'ghostty' || env.TERM_PROGRAM === 'WezTerm') return 'kitty';
  return env.TERM_PROGRAM === 'iTerm.app' || env.LC_TERMINAL === 'iTerm2' ? 'iterm' : undefined;
}

/** Bytes of base64 that one piece may carry. */
const PIECE = 4096;

/** What makes a terminal show a PNG, so many columns wide, at the cursor; the cursor stands below it afterwards. */
export function showPicture(png: Uint8Array, columns: number, protocol: PictureProtocol): string {
  const whole = Buffer.from(png).toString('base64');
  if (protocol === 'iterm')
    return `\u001b]1337;File=inline=1;size=${png.length};width=${columns};preserveAspectRatio=1:${whole}\u0007`;
  const pieces = Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, i) =>
    whole.slice(i * PIECE, (i + 1) * PIECE),
  );
  return pieces
    .map((piece, i) => {
      const more = i < pieces.length - 1 ? 1 : 0;
      const keys = i === 0 ? `a=T,f=100,q=2,c=${columns},m=${more}` : `m=${more}`;
      return `\u001b_G${keys};${piece}\u001b\\`;
    })
    .join('');
}
