// The way out of a guarded process, closed while an answer comes: node gap-trial.ts HOME URL
import { installGuard } from '../../src/guard/index.ts';

const [home = '', url = ''] = process.argv.slice(2);
installGuard(home, false);
const { openOutside } = await import('../../src/host/outside.ts');
const { openSqliteStorage } = await import('../../src/storage/index.ts');

const clock = { now: () => Date.now() };
const storage = await openSqliteStorage(home, clock);
const ids = { next: () => crypto.randomUUID(), seed: () => 1 };
const { surroundings, control } = openOutside({ home, storage, clock, ids, env: {} });
await control.grant({ address: url, purposes: ['chat'] });
const ask = surroundings.wayOut.fetchFor({ purpose: 'chat' });
const codeOf = (thrown: unknown): string => (thrown as { code?: string }).code ?? (thrown as Error).name;

const told: Record<string, unknown> = {};
const reader = (await ask(`${url}/slow`)).body!.getReader();
await reader.read();
await control.setOffline(true);
told.whileItCame = await (async () => {
  for (;;) if ((await reader.read()).done) return 'came to its end';
})().catch(codeOf);
told.afterwards = await ask(url).catch(codeOf);
await control.setOffline(false);
told.openAgain = (await ask(url)).status;
told.socket =
  (await await surroundings.wayOut.connect(url.replace('http', 'ws'), { purpose: 'chat' }).catch(() => undefined)) ===
  undefined
    ? 'refused by the server'
    : 'open';
told.listed = (await control.egress()).map(({ host, stopped, failed }) => [host, stopped ?? failed ?? 'left']);
process.stdout.write(JSON.stringify(told), () => process.exit(0));
