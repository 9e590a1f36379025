import type { Work } from '../work.ts';

/** What the artist put on a work; the work itself never changes. */
export interface Marks {
  readonly starred: boolean;
  /** Names of the boards it hangs on, in the order of their names. */
  readonly boards: readonly string[];
  readonly trashed: boolean;
}

/** A change of marks; what is absent stays. */
export interface MarkChange {
  readonly starred?: boolean | undefined;
  readonly trashed?: boolean | undefined;
  /** Name of a board to hang it on; made where there is none. */
  readonly addTo?: string | undefined;
  /** Name of a board to take it from; a board without works is no more. */
  readonly removeFrom?: string | undefined;
}

/** Which works to find, newest first. */
export interface LibraryQuery {
  /** Words parted by blanks; all must occur in the title or in the words of the work, in any case. */
  readonly text?: string | undefined;
  readonly media?: readonly string[] | undefined;
  /** Media that are left out. */
  readonly without?: readonly string[] | undefined;
  readonly starred?: boolean | undefined;
  readonly board?: string | undefined;
  /** True: only what is in the trash; else only what is not. */
  readonly trashed?: boolean | undefined;
  /** Id of a work: only older ones. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Words by which a work is found. */
export interface WorkWords {
  readonly work: string;
  readonly words: string;
}

/** What stands beside the works. */
export interface LibraryStore {
  /** Marks of works that have any. */
  marks(ids: readonly string[]): Promise<ReadonlyMap<string, Marks>>;
  /** All of them or none. Throws `storage/work-missing`. */
  mark(ids: readonly string[], change: MarkChange): Promise<void>;
  boards(): Promise<readonly { readonly name: string; readonly works: number }[]>;
  /** `total`: how many there are without `before` and `limit`. */
  find(query: LibraryQuery): Promise<{ readonly works: readonly Work[]; readonly total: number }>;
  /** Works whose words have not been kept yet, newest first. */
  unread(limit: number): Promise<readonly Work[]>;
  keepWords(entries: readonly WorkWords[]): Promise<void>;
}
