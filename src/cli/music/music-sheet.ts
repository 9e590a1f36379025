/** A piece as it stands in the terminal: title, facts, and its melody in numbered notation, with its chords. */
import type { InputWork } from '../../kernel/index.ts';
import type { Score } from '../../studios/music/index.ts';
import type { Door } from '../door.ts';
import { indent } from '../verse/poem-sheet.ts';

type Music = typeof import('../../studios/music/index.ts');

/** Lines about one piece; `label` numbers it among several. */
export async function musicSheet({ work, document }: InputWork, door: Door, label = ''): Promise<string[]> {
  // The studio is loaded with the first piece: other commands need not wait for it.
  const music = await import('../../studios/music/index.ts');
  const score = document as Score;
  const { ink } = door;
  return [
    ...indent([`${ink.quiet(label)}${ink.title(score.title || work.title)}`, ink.quiet(factsOf(score, door, music))]),
    '',
    ...indent(music.formatJianpu(score, { width: door.columns - 4 }).split('\n')),
    '',
    ...indent([ink.quiet(makingOf({ work, document } as InputWork, door))]),
  ];
}

function factsOf(score: Score, { language, say }: Door, music: Music): string {
  const { key, metre } = score.bars[0]!;
  const players = [...new Set(score.parts.map((part) => part.name || nameOf(part.instrument, language, music)))].join(
    language === 'zh' ? '、' : ', ',
  );
  const seconds = Math.round(music.secondsOf(score));
  const mode = music.MODE_NAMES[key.mode][language];
  return [
    `${key.tonic} ${mode}`,
    metre.join('/'),
    `♩=${Math.round(score.tempos[0]!.quarterBpm)}`,
    say('music.bars', { bars: score.bars.length }),
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    players,
  ].join(' · ');
}

function nameOf(instrument: string, language: Door['language'], { INSTRUMENTS }: Music): string {
  const own = INSTRUMENTS.find(({ id }) => id === instrument);
  const programme = /^gm-(\d+)$/.exec(instrument)?.[1];
  const like = programme && INSTRUMENTS.find((each) => !each.percussion && each.programme === Number(programme));
  return (own ?? (like || undefined))?.names[language] ?? instrument;
}

function makingOf({ work }: InputWork, { say }: Door): string {
  const style = work.measures.style;
  return [
    ...(typeof style === 'string' ? [style] : []),
    ...(work.record.model ? [work.record.model.name] : []),
    say('poem.seed', { seed: work.record.seed }),
    work.id.slice(0, 8),
  ].join(' · ');
}
