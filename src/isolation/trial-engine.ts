/** An engine that misbehaves in every way, for the tests. */
import { networkInterfaces } from 'node:os';
import { HandlerFault, serveCalls } from './serve-calls.ts';

const held: Uint8Array[] = [];
let model: unknown;

serveCalls({
  echo: (input: unknown, { event }) => {
    event('heard');
    return input;
  },
  surroundings: () => ({ ...process.env }),
  interfaces: () => networkInterfaces(),
  reach: (port: number) =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => 'reached',
      ({ cause }: { readonly cause?: { readonly code?: string } }) => cause?.code ?? 'stopped',
    ),
  fail: () => {
    throw new Error('the file ends early');
  },
  full: () => {
    throw new HandlerFault('context-full', '12 of 8 tokens', '12 个词元，上限 8');
  },
  load: (input: unknown) => {
    model = input;
  },
  loaded: () => model,
  tellAndExit: async (_: unknown, { event }) => {
    event('heard');
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.exit(4);
  },
  exit: () => process.exit(3),
  abort: () => process.abort(),
  spin: () => {
    for (;;);
  },
  wait: (_: unknown, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
  eat: async () => {
    for (;;) {
      held.push(new Uint8Array(16 * 2 ** 20).fill(1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
});
