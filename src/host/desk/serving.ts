// A process that serves a desk as a server does, for the tests and for bench/desk.ts:
//   node serving.ts HOME [COUNT] [PREFIX]   hands in COUNT plans to read, then goes on until it is killed
//   node serving.ts HOME agent BRIEF        starts a poet that goes by rules, and says "work ID" of each of its works
// It prints "kept ID" only after the desk has acknowledged a task, "ended ID STATE" when one has come to its end.
import { writeSync } from 'node:fs';
import { createOs } from '../create-os.ts';

const [home = '', count = '0', prefix = ''] = process.argv.slice(2);
const say = (line: string): number => writeSync(1, `${line}\n`);

const os = await createOs({ home });
const desk = await os.desk();
const listen = async (): Promise<void> => {
  for await (const { event } of desk.events()) {
    if (event.type === 'job-work') say(`work ${event.work.id}`);
    if (event.type === 'job-end') say(`ended ${event.job} done`);
    if (event.type === 'job-error') say(`ended ${event.job} ${event.error.code}`);
  }
};
void listen();
if (count === 'agent') say(`kept ${(await desk.startAgent({ role: 'poet', brief: prefix, seed: 1 })).job.id}`);
for (let i = 0; i < Number(count); i++) {
  const brief = `写一首关于${prefix}第${i}颗星的诗`;
  say(`kept ${(await desk.submit({ op: 'plan/read', options: { brief }, seed: i })).id}`);
}
// The desk's clock does not keep a process alive; a server's socket does.
setInterval(() => undefined, 60_000);
