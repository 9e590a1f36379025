/** Facts about where a benchmark ran, and the median of its timings. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg, platform } from 'node:os';

/** What a result needs to be compared with another. */
export function machineFacts() {
  const ort = JSON.parse(
    readFileSync(new URL('../node_modules/onnxruntime-node/package.json', import.meta.url), 'utf8'),
  ) as {
    version: string;
  };
  return {
    platform: `${platform()}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    onnxruntime: ort.version,
    /** Other work on the machine in the last minute; above the threads used, the figures are too low. */
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
  };
}

/** The middle value; the mean of the middle two for an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
