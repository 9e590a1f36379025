/**
 * Method and path of every route, and whether it takes a query or a body and answers bytes; without the schemas behind them,
 * so that a bundle of the client holds no validator. The type compares each line with the table of routes: a route that is
 * added or changed there is missed here by the compiler.
 */
import type { ROUTES, RouteName } from '../api/index.ts';

type Takes<R> = R extends { readonly body: unknown } ? ' body' : R extends { readonly query: unknown } ? ' query' : '';
type Gives<R> = R extends { readonly answers: unknown } ? ' bytes' : '';
type Line<R> = R extends { readonly method: infer M extends string; readonly path: infer P extends string }
  ? `${M} ${P}${Takes<R>}${Gives<R>}`
  : never;

export const PATHS: { readonly [N in RouteName]: Line<(typeof ROUTES)[N]> } = {
  system: 'GET /api/system',
  ops: 'GET /api/ops',
  models: 'GET /api/models',
  setModel: 'PATCH /api/models/{name} body',
  addModel: 'POST /api/models body',
  removeModel: 'DELETE /api/models/{name}',
  modelDefaults: 'GET /api/model-defaults',
  setModelDefault: 'PUT /api/model-defaults/{role} body',
  createJob: 'POST /api/create body',
  trainJob: 'POST /api/train body',
  runJob: 'POST /api/jobs body',
  ask: 'POST /api/ask body',
  jobs: 'GET /api/jobs query',
  job: 'GET /api/jobs/{id}',
  cancelJob: 'DELETE /api/jobs/{id}',
  events: 'GET /api/events query bytes',
  works: 'GET /api/works query',
  work: 'GET /api/works/{id}',
  content: 'GET /api/works/{id}/content bytes',
  thumbnail: 'GET /api/works/{id}/thumbnail query bytes',
  export: 'GET /api/works/{id}/export/{format} bytes',
  replay: 'POST /api/works/{id}/replay',
  lineage: 'GET /api/works/{id}/lineage',
  graph: 'GET /api/lineage query',
  mark: 'POST /api/marks body',
  boards: 'GET /api/boards',
  choose: 'POST /api/choices body',
  upload: 'POST /api/files query',
  ledger: 'GET /api/ledger query',
  egress: 'GET /api/egress',
  wayOut: 'GET /api/way-out',
  closeWayOut: 'PATCH /api/way-out body',
  agents: 'GET /api/agents',
  startAgent: 'POST /api/agents body',
  agent: 'GET /api/agents/{id}',
  controlAgent: 'POST /api/agents/{id} body',
};

/** A path with its `{names}` filled in, each percent-encoded, and a query; absent values are left out. */
export function fillPath(path: string, values: readonly string[], query: object = {}): string {
  let at = 0;
  const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(values[at++] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
