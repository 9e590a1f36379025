/**
 * `train --on FOLDER --name NAME` with a folder of music: an artist's own tunes become a model that composes in their manner.
 *
 *   collect ─▶ clean ─▶ tokenise ─▶ train ─▶ evaluate ─▶ publish ─▶ `compose --model NAME`
 */
import { type Facts, learnOwnWork, USUAL_SEED } from '../host/index.ts';
import type { Door, Reply } from './door.ts';
import { sayDuration } from './terminal/progress.ts';
import { type OwnWorkOptions, startSteps } from './train-on-own-work.ts';

/** Files that were not read, told in the terminal; all stand in the report. */
const SKIPPED_SAID = 3;

/** Runs all steps; throws what the first step that cannot be done throws. */
export async function trainOnOwnTunes(
  door: Door,
  options: OwnWorkOptions & { readonly name: string; readonly folder: string },
): Promise<Reply> {
  const { name, seed = USUAL_SEED, folder } = options;
  const started = performance.now();
  const { step, done } = await startSteps(door, seed);
  const wish = { ...options, kind: 'music' as const, from: { folder } };
  const { corpus, dataset, evaluation } = await learnOwnWork(step, wish, (tunes) => sayTunes(door, tunes));
  const seconds = Math.round((performance.now() - started) / 1000);
  const { say, ink } = door;
  return {
    json: { name, seconds, kind: 'music', steps: done() },
    lines: [
      `${ink.good('✓')} ${say('own.tunes.done', { name })} ${ink.quiet(sayDuration(seconds, say))}`,
      `  ${say('own.tunes.nats', {
        base: Number(evaluation.baseNatsPerEvent).toFixed(3),
        own: Number(evaluation.natsPerEvent).toFixed(3),
        events: String(evaluation.events),
      })}`,
      ...(Number(evaluation.natsPerEvent) < Number(evaluation.baseNatsPerEvent)
        ? []
        : [`  ${ink.bad(say('own.worse'))}`]),
      `  ${say('own.tunes.styles', { styles: stylesOf(dataset) })}`,
      '',
      ink.quiet(`  ${say('own.tunes.use', { name, style: usualStyle(dataset, corpus) })}`),
      ink.quiet(`  ${say('own.report', { id: evaluation.id })}`),
    ],
  };
}

/** What was read and what was left out, each reason with an example, as soon as it is known. */
function sayTunes({ world, say, json, ink, language }: Door, corpus: Facts): void {
  if (json) return;
  const { tunes, notes, dropped } = corpus;
  const line = (text: string): void => void world.stderr.write(`${ink.quiet(`  ${text}`)}\n`);
  line(say('own.tunes.corpus', { tunes: String(tunes), notes: String(notes), dropped: String(dropped) }));
  const both = (value: unknown): string => (value as Record<string, string>)[language] ?? '';
  for (const { count, summary, examples } of (corpus.removed ?? []) as readonly Removed[]) {
    const [first] = examples;
    line(`  ${count} × ${both(summary)}${first ? `: ${first.id} (${both(first.detail)})` : ''}`);
  }
  const skipped = (corpus.skipped ?? []) as readonly { readonly source: string; readonly reason: unknown }[];
  for (const { source, reason } of skipped.slice(0, SKIPPED_SAID)) line(`  ${source}: ${both(reason)}`);
  if (skipped.length > SKIPPED_SAID) line(`  … ${skipped.length - SKIPPED_SAID}`);
  line(say('own.tunes.licences', { licences: Object.keys((corpus.licences ?? {}) as object).join(', ') || '—' }));
}

interface Removed {
  readonly count: number;
  readonly summary: unknown;
  readonly examples: readonly { readonly id: string; readonly detail: unknown }[];
}

function stylesOf({ styles }: Facts): string {
  const pairs = Object.entries((styles ?? {}) as Readonly<Record<string, string>>);
  return pairs.map(([metre, style]) => `${metre} ${style}`).join(', ');
}

/** The style of the commonest metre. */
function usualStyle({ styles }: Facts, { metres }: Facts): string {
  const [metre = ''] = Object.keys((metres ?? {}) as object);
  return (styles as Readonly<Record<string, string>>)[metre] ?? 'folk';
}
