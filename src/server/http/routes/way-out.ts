/** What left, and what may: read by all who hold the key, but only narrowed here. Granting is done at the command line. */
import type { WayOutView } from '../../../../sdk/src/api/index.ts';
import type { Os } from '../../../host/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

export function wayOutRoutes({ os }: Ground): Pick<Handlers, 'wayOut' | 'closeWayOut'> {
  return {
    wayOut: () => wayOutView(os),
    closeWayOut: async ({ body }) => {
      if ('offline' in body) await os.setOffline(true);
      else await os.revoke(body.revoke);
      return wayOutView(os);
    },
  };
}

function wayOutView(os: Os): WayOutView {
  return {
    closedBy: os.offline() ?? null,
    grants: os.grants().map((grant) => ({ ...grant, purposes: [...grant.purposes] })),
    keys: os.keys.list().map(({ name }) => name),
  };
}
