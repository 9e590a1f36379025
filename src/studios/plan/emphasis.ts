/** Stretches of a brief that say outright what the poem is about: `关于星空`, `以秋为题`, `about the sea`, anything in quotes. */
import { QUOTED } from './scanner.ts';

const PATTERNS = [
  QUOTED,
  String.raw`关于([^，。！？；,.!?;\n]{1,24}?)(?:的?(?:诗|词|绝句|律诗)|[，。！？；,.!?;\n]|$)`,
  String.raw`以([^，。,.\n]{1,14}?)(?:为|作)(?:题|主题|题材|内容|背景)`,
  String.raw`(?:主题|题材|内容)(?:是|为|[:：])\s*([^，。！？；,.!?;\n]{1,20})`,
  String.raw`(?:歌颂|赞美|赞颂|描写|描绘|怀念|思念|咏)([^，。！？；,.!?;\n]{1,12}?)(?:的|[，。！？；,.!?;\n]|$)`,
  String.raw`\b(?:about|on|titled|entitled|called|celebrating|praising)\s+([^，。！？；,.!?;:\n]{1,60}?)(?=\s+(?:in|with|as|to the|without|by)\b|[，。！？；,.!?;:\n]|$)`,
].map((source) => new RegExp(source, 'giu'));

/** A stretch of text, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** All emphasised stretches of a text. */
export function findEmphasis(text: string): Stretch[] {
  return PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: whole }) => ({ start: index, end: index + whole.length })),
  );
}

/** Whether a piece lies within one of the stretches. */
export function isEmphasised({ start, end }: Stretch, stretches: readonly Stretch[]): boolean {
  return stretches.some((stretch) => stretch.start <= start && end <= stretch.end);
}
