/** Looks again and again for what other processes have written: a command in a terminal, a worker. */

/** Where changes are seen. */
export interface Changes {
  /** A number that changes whenever another process has written. */
  ofOthers(): number;
  /** Ids of the works that came after a number, and the number of the latest; none without `after`. */
  news(after?: number): Promise<{ readonly latest: number; readonly works: readonly string[] }>;
}

/** Who is told. */
export interface Told {
  /** Whether no worker of ours is writing: what came of an unknown hand is told of then. */
  quiet(): boolean;
  /** Empty: something else than works changed, or it is not known what. */
  onWorks(works: readonly string[]): void;
  /** Told before anything else whenever another process has written. */
  onOther(): Promise<void>;
}

/** Between two looks, in milliseconds. */
const LOOK = 500;

/** Watches until it is disposed of; does not keep the process alive. A look that fails is made up for by the next. */
export function watchChanges({ ofOthers, news }: Changes, { quiet, onWorks, onOther }: Told): Disposable {
  let known = ofOthers();
  let latest: number | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    const number = ofOthers();
    const found = await news(latest);
    latest = found.latest;
    if (found.works.length > 0) onWorks(found.works);
    if (number === known) return;
    await onOther();
    if (found.works.length === 0 && !quiet()) return;
    if (found.works.length === 0) onWorks([]);
    known = number;
  };
  const lookOnce = (): void => {
    if (looking) return;
    looking = true;
    void look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  };
  lookOnce();
  const timer = setInterval(lookOnce, LOOK).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
