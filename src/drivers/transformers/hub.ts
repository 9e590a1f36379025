/** Placeholder */
import type { Recognised, WayOut } from '../../kernel/index.ts';
export const isHubAddress = (url: string): boolean => url.startsWith('hf:');
export async function fetchFromHub(_url: string, _wayOut: WayOut): Promise<Recognised | undefined> {
  return undefined;
}
