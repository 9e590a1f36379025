/** What a brought file is, by its name: never by what its sender claims. */

/** Type of a file, and the op that can make a work of it. */
export interface FileKind {
  readonly mime: string;
  readonly op?: 'image/read' | 'music/read';
}

const UNKNOWN: FileKind = { mime: 'application/octet-stream' };

const picture = (mime: string): FileKind => ({ mime, op: 'image/read' });
const music = (mime: string): FileKind => ({ mime, op: 'music/read' });

const KINDS: Readonly<Record<string, FileKind>> = {
  png: picture('image/png'),
  jpg: picture('image/jpeg'),
  jpeg: picture('image/jpeg'),
  webp: picture('image/webp'),
  gif: picture('image/gif'),
  avif: picture('image/avif'),
  bmp: picture('image/bmp'),
  tif: picture('image/tiff'),
  tiff: picture('image/tiff'),
  ora: picture('image/openraster'),
  svg: picture('image/svg+xml'),
  mid: music('audio/midi'),
  midi: music('audio/midi'),
  abc: music('text/vnd.abc'),
  musicxml: music('application/vnd.recordare.musicxml+xml'),
  xml: music('application/vnd.recordare.musicxml+xml'),
  mxl: music('application/vnd.recordare.musicxml'),
  wav: { mime: 'audio/wav' },
  flac: { mime: 'audio/flac' },
  mp3: { mime: 'audio/mpeg' },
  ogg: { mime: 'audio/ogg' },
  txt: { mime: 'text/plain' },
  md: { mime: 'text/markdown' },
  // Not `application/json`: that is how works of ours are kept, and would be read as one.
  json: { mime: 'text/json' },
  jsonl: { mime: 'application/jsonl' },
  html: { mime: 'text/html' },
  epub: { mime: 'application/epub+zip' },
  docx: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  zip: { mime: 'application/zip' },
};

/** The kind of a file name; names without a known ending are just bytes. */
export function fileKind(name: string): FileKind {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined) ?? UNKNOWN;
}

/** A name that can stand as a title: its last part, without control signs, 200 characters at most. */
export function safeFileName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return /^\.*$/.test(clean) ? 'file' : [...clean].slice(0, 200).join('');
}
