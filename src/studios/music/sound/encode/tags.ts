/** What a file of sound says of the music in it. */
export interface SoundTags {
  readonly title?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly genre?: string;
  /** Lyrics as plain text. */
  readonly lyrics?: string;
  readonly comment?: string;
  readonly cover?: { readonly bytes: Uint8Array; readonly mimeType: 'image/png' | 'image/jpeg' };
}
