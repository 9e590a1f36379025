/**
 * Tiny Shakespeare, or the nearest thing to it. The real text is a file of 1,115,394 characters that ends in the second act
 * of The Tempest; it is used as it is when it is given. From a collection of plays the same ending is built in the same
 * form (a name, a colon, the lines, an empty line): Romeo and Juliet, The Winter's Tale, The Taming of the Shrew, The
 * Tempest up to the same line. What the collection lacks before those (the histories, Coriolanus, Measure for Measure) is
 * replaced by other plays, and the whole is cut to the same length at its beginning. So the last tenth, on which a model is
 * measured, is cut from the same plays as the real one's; what it learns from is two fifths the same.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Characters of the real text. */
export const LENGTH = 1_115_394;
const LAST_LINE = 'Whiles thou art waking.';
const REPLACEMENTS = ['As You Like It', 'Macbeth', 'Julius Caesar', 'Othello', 'King Lear', 'Hamlet'];
const SHARED = ['Romeo and Juliet', "The Winter's Tale", 'The Taming of the Shrew', 'The Tempest'];

interface Scene {
  readonly play: string;
  readonly author: string;
  readonly lines: readonly { readonly who?: string; readonly say?: string }[];
}

/** A text, and whether it is the real one by its length and its 65 characters. */
export interface SourceText {
  readonly text: string;
  readonly real: boolean;
}

/** Reads `input.txt`, or builds the text from a file of plays (`*.jsonl.gz`, a scene a line). */
export function readText(path: string): SourceText {
  if (path.endsWith('.gz')) return { text: fromPlays(path), real: false };
  const text = readFileSync(path, 'utf8');
  return { text, real: text.length === LENGTH && new Set(text).size === 65 };
}

function fromPlays(path: string): string {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  const scenes = lines.map((line) => JSON.parse(line) as Scene);
  const whole = [...REPLACEMENTS, ...SHARED].map((play) => formatPlay(scenes, play)).join('');
  const end = whole.indexOf(LAST_LINE);
  if (end < 0) throw new Error(`${path}: The Tempest lacks the line that the text ends with`);
  const text = whole.slice(0, end + LAST_LINE.length + 1);
  if (text.length < LENGTH) throw new Error(`${path}: ${text.length} characters are too few`);
  return text.slice(text.length - LENGTH);
}

/** The speeches of a play; directions within them, in brackets, are left out. */
function formatPlay(scenes: readonly Scene[], play: string): string {
  const own = scenes.filter((scene) => scene.play === play && scene.author === 'William Shakespeare');
  if (own.length === 0) throw new Error(`the collection lacks ${play}`);
  return own
    .flatMap(({ lines }) => lines)
    .flatMap(({ who, say }) => (who === undefined || say === undefined ? [] : [`${tidy(who)}:\n${tidy(say)}\n\n`]))
    .join('');
}

function tidy(text: string): string {
  return text
    .replace(/\[[^\]]*\]/g, '')
    .replaceAll('—', '--')
    .replaceAll('/', '')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
