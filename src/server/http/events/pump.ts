/** Carries the desk's events to the broadcast, one after the other, for as long as the server runs. */
import type { SystemEvent } from '../../../../sdk/src/api/index.ts';
import type { Desk, DeskEvent } from '../../../kernel/index.ts';
import type { Broadcast } from './broadcast.ts';

/** Begins at once; the promise resolves after `signal` is aborted. What cannot be shown is left out. */
export async function pumpEvents(
  desk: Pick<Desk, 'events'>,
  broadcast: Broadcast,
  { view, signal }: { readonly view: (event: DeskEvent) => Promise<SystemEvent>; readonly signal: AbortSignal },
): Promise<void> {
  // From before the beginning: the first thing told is then `reset`, with the number that events begin after.
  for await (const { id, event } of desk.events({ after: 0, signal })) {
    // A work that was erased meanwhile has no card; whoever wants it asks and hears why.
    const shown = await view(event).catch(() => undefined);
    if (shown !== undefined) broadcast.tell(id, shown);
  }
}
