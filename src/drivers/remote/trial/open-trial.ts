/** A model of a trial server, opened by its driver from a card in a folder, as the catalogue would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const root = mkdtempSync(join(tmpdir(), 'remote-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder with such a card, and further files beside it. */
export function trialFolder(card: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(root, 'm-'));
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'trial', licence: 'MIT', ...card }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
