/**
 * Gathers what trained recipes scored:  node bench/recipe-results.ts <name>=<run folder> …
 *
 * From each run: its steps, the last held-out figures of train.jsonl, and the tables of its evaluation page (made by
 * `llmagentos eval RUN`). Writes bench/results/recipes/<name>.json, and the page's first sheets of pictures, small, as
 * docs/pictures/<name>.webp. Run it again whenever a recipe has been trained anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Widest side of a sheet in the docs, pixels. */
const WIDEST = 1024;

const results = new URL('results/recipes/', import.meta.url);
const pictures = new URL('../docs/pictures/', import.meta.url);
mkdirSync(results, { recursive: true });

for (const argument of process.argv.slice(2)) {
  const at = argument.indexOf('=');
  if (at < 1) {
    console.error('usage: recipe-results.ts <name>=<run folder> …');
    process.exit(64);
  }
  const [name, run] = [argument.slice(0, at), argument.slice(at + 1)];
  const gathered = { name, ...readLog(run), ...readReport(run) };
  writeFileSync(new URL(`${name}.json`, results), `${JSON.stringify(gathered, null, 2)}\n`);
  await writeSheet(name, run);
  console.log(name, JSON.stringify(gathered).slice(0, 400));
}

/** Steps, last loss and every held-out figure of a run's log. */
function readLog(run: string): object {
  const path = join(run, 'train.jsonl');
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const held = lines.filter(({ validation }) => validation).map(({ step, validation }) => ({ step, ...validation }));
  return { steps: lines.at(-1).step, loss: lines.at(-1).loss, heldOut: held.slice(-12) };
}

/** The tables of the evaluation page, in English. */
function readReport(run: string): object {
  const path = join(run, 'page', 'report.json');
  if (!existsSync(path)) return {};
  const { sections } = JSON.parse(readFileSync(path, 'utf8'));
  const tables = sections
    .filter(({ kind }: { kind: string }) => kind === 'table')
    .map(({ title, columns, rows }: Table) => ({
      title: title.en,
      columns: columns.map(({ en }) => en),
      rows: Object.fromEntries(rows.map(({ name, values }) => [name.en, values.map(round)])),
    }));
  return { tables };
}

interface Table {
  readonly title: { en: string };
  readonly columns: readonly { en: string }[];
  readonly rows: readonly { readonly name: { en: string }; readonly values: readonly unknown[] }[];
}

function round(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value;
}

/** The first two sheets of the page, one under the other. */
async function writeSheet(name: string, run: string): Promise<void> {
  const path = join(run, 'page', 'index.html');
  if (!existsSync(path)) return;
  const found = [...readFileSync(path, 'utf8').matchAll(/data:image\/png;base64,([A-Za-z0-9+/=]+)/g)].slice(0, 2);
  if (found.length === 0) return;
  const sheets = await Promise.all(
    found.map(async ([, base64]) => {
      const sheet = sharp(Buffer.from(base64!, 'base64')).resize({ width: WIDEST, kernel: 'nearest' });
      const { data, info } = await sheet.png().toBuffer({ resolveWithObject: true });
      return { data, height: Math.min(info.height, 640) };
    }),
  );
  const height = sheets.reduce((sum, sheet) => sum + sheet.height + 8, 0);
  const canvas = sharp({ create: { width: WIDEST, height, channels: 3, background: '#ffffff' } });
  let top = 0;
  const layers = await Promise.all(
    sheets.map(async ({ data, height: own }) => {
      const input = await sharp(data).extract({ left: 0, top: 0, width: WIDEST, height: own }).png().toBuffer();
      const layer = { input, left: 0, top };
      top += own + 8;
      return layer;
    }),
  );
  await canvas
    .composite(layers)
    .webp({ quality: 80 })
    .toFile(new URL(`${name}.webp`, pictures).pathname);
}
