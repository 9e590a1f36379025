/** `relight`: a painting at another hour, in another season or weather. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { numberIn, oneOf } from '../option-values.ts';

interface RelightOptions {
  readonly hour?: string;
  readonly season?: string;
  readonly weather?: string;
  readonly painter?: string;
  readonly longest?: number;
  readonly out?: string;
  readonly force?: boolean;
}

const HOURS = ['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'] as const;
const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
const WEATHERS = ['clear', 'cloudy', 'overcast', 'mist', 'rain', 'storm', 'snow', 'wind'] as const;

/** Adds the command. */
export function addRelight(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('relight')
    .description(say('relight.summary'))
    .argument('<work>', say('relight.work'))
    .option('--hour <hour>', say('relight.hour'), oneOf('--hour', HOURS))
    .option('--season <season>', say('relight.season'), oneOf('--season', SEASONS))
    .option('--weather <weather>', say('relight.weather'), oneOf('--weather', WEATHERS))
    .option('--painter <name>', say('relight.painter'))
    .option('--longest <pixels>', say('relight.longest'), numberIn('--longest', { min: 64, max: 8192, whole: true }))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((work: string, options: RelightOptions) => answer(() => relight(door, work, options)));
}

async function relight(door: Door, work: string, { out, force, ...options }: RelightOptions): Promise<Reply> {
  const { hour, season, weather } = options;
  if (hour === undefined && season === undefined && weather === undefined) throw nothingAsked();
  return changePicture(door, work, {
    op: 'image/relight',
    options,
    seed: 0,
    working: door.say('paint.working'),
    out,
    force,
  });
}

function nothingAsked(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/no-light',
    message: 'Nothing was said about the light.',
    hint: `Give --hour (${HOURS.join(', ')}), --season (${SEASONS.join(', ')}) or --weather (${WEATHERS.join(', ')}).`,
    zh: {
      message: '没有说要什么样的光。',
      hint: `请给出 --hour（${HOURS.join('、')}）、--season（${SEASONS.join('、')}）或 --weather（${WEATHERS.join('、')}）。`,
    },
  });
}
