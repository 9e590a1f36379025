/** The public shape of works, as clients see them: `workSchema` of the client package. Change it only by adding. */
import type { Work as PublicWork, WorkSummary } from '../../sdk/src/protocol/index.ts';
import type { InputWork, Work } from '../kernel/index.ts';
import { formatPoem, type NoveltyReport, type Poem, type Prose } from '../studios/text/index.ts';

/** A work with its proof and all that was measured. */
export function publicWork(loaded: InputWork): PublicWork {
  const { work, document } = loaded;
  const summary = publicSummary(loaded);
  if (work.medium !== 'verse') return document === undefined ? summary : { ...summary, document };
  const { proof } = document as Poem;
  const scores = work.measures.scores ?? null;
  return { ...summary, proof, novelty: noveltyOf(work), scores } as unknown as PublicWork;
}

/** A work as it stands in lists. */
export function publicSummary({ work, document }: InputWork): WorkSummary {
  const facts = publicFacts(work);
  if (work.medium === 'prose') return { ...facts, text: (document as Prose).text };
  if (work.medium !== 'verse') return { ...facts, text: '' };
  const poem = document as Poem;
  const { form, rhymeBook, lines } = poem;
  return { ...facts, text: formatPoem(poem), lines: [...lines], form, rhymeBook };
}

/** What is known of a work without its content. */
export function publicFacts({
  id,
  medium,
  title,
  record,
  parents,
  content,
  createdAt,
}: Work): Omit<WorkSummary, 'text'> {
  const { op, seed, model } = record;
  return { id, medium, title, seed, model, op, parents: [...parents], content, createdAt };
}

function noveltyOf({ measures }: Work): NoveltyReport | null {
  const report = measures.novelty as unknown as NoveltyReport | { readonly checked: false } | undefined;
  return report === undefined || report.checked === false ? null : (report as NoveltyReport);
}
