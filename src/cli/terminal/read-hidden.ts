/** One line that nobody shall see: typed at a terminal without echo, or given on standard input. */
import { cancelled } from '../../core/index.ts';
import type { World } from '../door.ts';
import { readStandardInput } from '../read-poem-argument.ts';

/** A terminal that can keep silent. */
interface Terminal extends AsyncIterable<Uint8Array | string> {
  setRawMode(raw: boolean): unknown;
}

/** Keys of a keyboard as a terminal sends them. */
const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\x03', '\x04', '\b', '\x7f'];

/** Reads the line; `prompt` is shown at a terminal only. Throws `core/cancelled` on Ctrl-C. */
export async function readHidden(world: World, prompt: string): Promise<string> {
  const { stdin, stderr } = world;
  if (stdin.isTTY !== true || !('setRawMode' in stdin)) return (await readStandardInput(world)).trim();
  const terminal = stdin as unknown as Terminal;
  stderr.write(prompt);
  terminal.setRawMode(true);
  try {
    return await readLine(terminal);
  } finally {
    terminal.setRawMode(false);
    stderr.write('\n');
  }
}

async function readLine(terminal: Terminal): Promise<string> {
  let line = '';
  for await (const piece of terminal) {
    for (const key of Buffer.from(piece).toString('utf8')) {
      if (key === '\r' || key === '\n' || key === CTRL_D) return line;
      if (key === CTRL_C) throw cancelled();
      line = key === BACKSPACE || key === DELETE ? line.slice(0, -1) : line + key;
    }
  }
  return line;
}
