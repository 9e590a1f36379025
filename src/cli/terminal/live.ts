/**
 * A region at the foot of the terminal that is drawn again and again: a poem that is being written, a progress line.
 * Goes to standard error, so that standard output holds results alone; where that is not a terminal, nothing is drawn.
 */
import { displayWidth } from './width.ts';

/** Where the region is drawn. */
export interface LiveStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Live {
  /** Whether anything is shown at all. */
  readonly visible: boolean;
  /** Draws what `render` gives, again and again, until `clear`; the count of frames so far is passed in. */
  follow(render: (frame: number) => readonly string[]): void;
  /** Gives the terminal back as it was. */
  clear(): void;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const FRAME_MS = 90;
const SPINNER = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];

/** The turning sign before a line of running work. */
export function spinner(frame: number): string {
  return SPINNER[frame % SPINNER.length]!;
}

/** Creates the region; whoever follows must clear. */
export function createLive(stream: LiveStream, enabled = true): Live {
  const visible = enabled && stream.isTTY === true;
  let rows = 0;
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  const erase = (): string => (rows === 0 ? '' : `\r${rows > 1 ? `\x1b[${rows - 1}A` : ''}\x1b[J`);
  const rowsOf = (line: string): number => Math.max(1, Math.ceil(displayWidth(line) / (stream.columns || 80)));
  const show = (lines: readonly string[]): void => {
    const text = lines.join('\n');
    if (text === last) return;
    stream.write(erase() + (text === '' ? SHOW_CURSOR : HIDE_CURSOR + text));
    rows = text === '' ? 0 : lines.reduce((sum, line) => sum + rowsOf(line), 0);
    last = text;
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    visible,
    follow: (render) => {
      if (!visible) return;
      stop();
      let frame = 0;
      show(render(frame));
      timer = setInterval(() => show(render(++frame)), FRAME_MS);
      timer.unref();
    },
    clear: () => {
      stop();
      if (visible) show([]);
    },
  };
}
