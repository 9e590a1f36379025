/** Finds out, without risk to the caller, whether a graphics card can compute for us. */
import { fork } from 'node:child_process';
import type { Bilingual } from '../refusal.ts';
import type { ProviderReport } from './provider-check.ts';

/** What a probe found. */
export interface Probe {
  readonly available: boolean;
  /** Why, or why not. */
  readonly reason: Bilingual;
  /** What the driver calls itself, where it says so. */
  readonly adapter: string | undefined;
}

/** How a probe is made. */
export interface ProbeOptions {
  /** Default 60,000. */
  readonly timeoutMilliseconds?: number;
  /** The module to start; a test may pass one that hangs or dies. */
  readonly module?: URL;
}

/** Gradients on the graphics card may be this far from those on the processor, by the largest number of each. */
const TOLERANCE = 1e-3;

/**
 * Computes a small network with gradients on WebGPU and on the processor, in a process of its own. Never throws: a provider
 * that refuses, hangs, aborts or computes something else is reported as not available, with the reason.
 */
export function probeWebGpu(options: ProbeOptions = {}): Promise<Probe> {
  const { timeoutMilliseconds = 60_000, module = new URL('./provider-check.ts', import.meta.url) } = options;
  return new Promise((resolve) => {
    const child = fork(module, ['webgpu'], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    let log = '';
    let report: ProviderReport | undefined;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMilliseconds);
    child.stderr!.on('data', (piece: Buffer) => {
      log += piece;
    });
    child.on('message', (message) => {
      report = message as ProviderReport;
    });
    child.on('error', (error) => {
      report ??= { type: 'refusal', reason: error.message };
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const adapter = /adapter[^\n]*?(?:device|description)[^\n:]*:\s*([^\n,]+)/i.exec(log)?.[1]?.trim();
      resolve({ ...judge(report, late, String(signal ?? code)), adapter });
    });
  });
}

function judge(report: ProviderReport | undefined, late: boolean, end: string): Omit<Probe, 'adapter'> {
  if (late) return no('The check did not end in time.', '检查超时。');
  if (!report) return no(`The check's process died (${end}).`, `检查进程中途退出（${end}）。`);
  if (report.type === 'refusal') {
    if (/adapter/i.test(report.reason)) return no('No graphics adapter was found.', '没有找到图形适配器。');
    return no(report.reason.trim(), report.reason.trim());
  }
  const { largestDifference } = report;
  const facts = largestDifference.toExponential(1);
  if (!(largestDifference <= TOLERANCE)) {
    return no(`Gradients differ from the processor's by ${facts}.`, `梯度与处理器的结果相差 ${facts}。`);
  }
  return {
    available: true,
    reason: { en: `Gradients agree with the processor's to ${facts}.`, zh: `梯度与处理器的结果一致，相差 ${facts}。` },
  };
}

function no(en: string, zh: string): Omit<Probe, 'adapter'> {
  return { available: false, reason: { en, zh } };
}
