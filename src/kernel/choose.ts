import { OsError } from '../core/index.ts';
import type { Kernel } from './kernel.ts';
import type { LedgerEntry } from './ports/ledger.ts';

/** Notes on the ledger which of the shown candidates was picked (null: none of them). Throws `kernel/not-shown`. */
export async function choose(
  kernel: Kernel,
  choice: { readonly shown: readonly string[]; readonly picked: string | null; readonly actor?: string },
): Promise<LedgerEntry> {
  const works = await Promise.all(choice.shown.map((id) => kernel.storage.works.get(id)));
  const shown = works.map((work) => work.id);
  const picked = choice.picked === null ? null : (await kernel.storage.works.get(choice.picked)).id;
  if (picked !== null && !shown.includes(picked)) {
    throw new OsError({
      kind: 'input',
      code: 'kernel/not-shown',
      message: `Work ${picked} is not among the works shown: ${shown.join(', ')}.`,
      hint: 'Pick one of the works that were shown.',
      zh: { message: `作品 ${picked} 不在所示作品之中：${shown.join('、')}。`, hint: '请从所示的作品中选择。' },
    });
  }
  const [entry] = await kernel.storage.commit({
    ledger: [{ actor: choice.actor ?? 'artist', act: 'chose', facts: { shown, picked } }],
  });
  return entry!;
}
