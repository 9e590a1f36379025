/** What a model is trained on, sent to where it is trained. */
import type { Job, TrainRequest, WorkCard } from './api/index.ts';
import type { Client } from './http/index.ts';
import type { Extras } from './results.ts';

/** Files with their names, or a folder by its absolute path on the machine of the system. */
export type TrainFiles =
  | { readonly folder: string }
  | readonly { readonly name: string; readonly content: Blob | Uint8Array<ArrayBuffer> | string }[];

/** How a model is trained; only `name` must be given. */
export type TrainOptions = Readonly<Omit<TrainRequest, 'files' | 'folder'>> & Extras;

/** A trained model. */
export interface TrainResult {
  readonly name: string;
  /** The corpus, the dataset and the model as works, with their lineage. */
  readonly works: readonly WorkCard[];
  readonly report: unknown;
}

/** Sends the files and asks for the training. */
export async function trainOn(client: Client, files: TrainFiles, { signal, ...options }: TrainOptions): Promise<Job> {
  if ('folder' in files) return client.trainJob({ ...options, folder: files.folder }, { signal });
  const ids: string[] = [];
  for (const { name, content } of files) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const { file } = await client.upload(bytes, { name, signal });
    ids.push(file.id);
  }
  return client.trainJob({ ...options, files: ids }, { signal });
}
