/** Some models think aloud before they speak, between `<think>` and `</think>`: their thoughts are not their answer. */

const OPEN = '<think>';
const CLOSE = '</think>';

/** Passes on text as it comes, without thoughts at its beginning. `end` passes on what was held back. */
export function createThoughtFilter(pass: (piece: string) => void): {
  push(piece: string): void;
  end(): void;
} {
  let state: 'start' | 'thinking' | 'after' | 'speaking' = 'start';
  let held = '';
  const speak = (text: string): void => {
    state = 'speaking';
    held = '';
    if (text !== '') pass(text);
  };
  const push = (piece: string): void => {
    if (state === 'speaking') speak(piece);
    else listen(held + piece);
  };
  const listen = (text: string): void => {
    held = text;
    const begun = held.trimStart();
    if (state === 'start' && begun.startsWith(OPEN)) state = 'thinking';
    if (state === 'start' && !OPEN.startsWith(begun)) speak(held);
    const at = state === 'thinking' ? held.indexOf(CLOSE) : -1;
    if (at >= 0) {
      state = 'after';
      held = held.slice(at + CLOSE.length);
    }
    if (state === 'after' && held.trim() !== '') speak(held.trimStart());
  };
  const end = (): void => {
    if (state === 'start') speak(held);
  };
  return { push, end };
}
