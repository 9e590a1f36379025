/** Where a work came from and what came of it, as small trees: brief ─▶ plan ─▶ poem. */
import type { InputWork, LineageNode, Plan, Work } from '../kernel/index.ts';
import type { Door } from './door.ts';
import { type Branch, formatTree } from './terminal/tree.ts';
import { fit } from './terminal/width.ts';

/** Reads a work with its content. */
export type Load = (id: string) => Promise<InputWork>;

/**
 * The tree of a work's ancestors: from the brief down where the line is straight, else from the work up.
 * `beside`: works made together with it, drawn next to it.
 */
export async function originLines(
  node: LineageNode,
  load: Load,
  door: Door,
  beside: readonly Work[] = [],
): Promise<string[]> {
  const tree = await label(node, load, door);
  const chain = straightLine(tree);
  const [oldest] = chain;
  const brief = oldest === undefined ? undefined : await briefOf(oldest.work, load);
  if (oldest === undefined) return formatTree(tree);
  const others = beside.map((work) => ({ label: labelOf(work, work.title, door) }));
  const below = chain.reduceRight<Branch[]>(
    (branches, { label }, i) => (i === chain.length - 1 ? [{ label }, ...others] : [{ label, branches }]),
    [],
  );
  return formatTree(brief === undefined ? below[0]! : { label: quote(brief, door), branches: below });
}

/** The tree of what was made from a work; the work stands first. */
export async function offspringLines(node: LineageNode, load: Load, door: Door): Promise<string[]> {
  return formatTree(await label(node, load, door));
}

/** What a medium is called. */
export function sayMedium(medium: string, say: Door['say']): string {
  const key = `medium.${medium}`;
  return isMedium(key) ? say(key) : medium;
}

const MEDIA = [
  'medium.verse',
  'medium.plan',
  'medium.music',
  'medium.sound',
  'medium.picture',
  'medium.file',
  'medium.prose',
  'medium.corpus',
  'medium.dataset',
  'medium.preferences',
  'medium.model',
  'medium.evaluation',
] as const;

function isMedium(key: string): key is (typeof MEDIA)[number] {
  return (MEDIA as readonly string[]).includes(key);
}

interface LabelledBranch extends Branch {
  readonly work: Work;
  readonly branches: readonly LabelledBranch[];
}

async function label(node: LineageNode, load: Load, door: Door): Promise<LabelledBranch> {
  const { work } = node;
  const words = work.medium === 'plan' ? planWords((await load(work.id)).document as Plan) : work.title;
  return {
    work,
    label: labelOf(work, words || work.title, door),
    branches: await Promise.all(node.next.map((next) => label(next, load, door))),
  };
}

function labelOf(work: Work, words: string, { say, columns }: Door): string {
  return `${sayMedium(work.medium, say)} ${work.id.slice(0, 8)}  ${fit(words, columns - 30)}`;
}

function planWords({ themes, imagery }: Plan): string {
  return [...new Set([...themes.map((theme) => theme.word), ...imagery])].slice(0, 6).join(' ');
}

async function briefOf(work: Work, load: Load): Promise<string | undefined> {
  return work.medium === 'plan' ? ((await load(work.id)).document as Plan).brief : undefined;
}

/** Oldest first; empty when a work has more than one parent. */
function straightLine({ branches, ...node }: LabelledBranch): LabelledBranch[] {
  if (branches.length > 1) return [];
  const before = branches.length === 0 ? [] : straightLine(branches[0]!);
  return branches.length === 1 && before.length === 0 ? [] : [...before, { ...node, branches: [] }];
}

function quote(brief: string, { columns, language }: Door): string {
  const words = fit(brief.replace(/\s+/g, ' ').trim(), columns - 8);
  return language === 'zh' ? `「${words}」` : `“${words}”`;
}
