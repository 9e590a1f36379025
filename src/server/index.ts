/** The doors that other programs come in by: they speak the client package's wire over an open system. */
import project from '../../package.json' with { type: 'json' };
import type { Os } from '../host/index.ts';
import type { McpStreams } from './doors/mcp/index.ts';
import { createMethods } from './methods.ts';
import { converse, type StdioStreams } from './stdio.ts';

export { type PaintStep, type PaintWish, paintWordsBy } from './doors/paint-words.ts';
export { publicSummary, publicWork } from './public-work.ts';
export { buildStudioIfOld, linkOfRunning, type ServeOptions, serve, showInBrowser } from './serve.ts';
export type { StdioStreams } from './stdio.ts';

/**
 * Serves one client over standard input and output, one JSON message a line, until the input ends or the signal is aborted;
 * what still runs is then cancelled. The caller disposes of `os`. Nothing else may be written to the output meanwhile.
 */
export function serveStdio(
  os: Os,
  streams: StdioStreams = { input: process.stdin, output: process.stdout },
): Promise<void> {
  return converse(createMethods(os), project.version, streams);
}

/**
 * Serves one client of the Model Context Protocol over standard input and output until the input ends or the signal is aborted;
 * what still runs is then cancelled. The caller disposes of `os`. Nothing else may be written to the output meanwhile.
 */
export async function serveMcp(os: Os, streams: McpStreams): Promise<void> {
  const { serveMcp: converse } = await import('./doors/mcp/index.ts');
  return converse(os, streams);
}
