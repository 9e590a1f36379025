/** Packs documents into rows of the context length: each goes into the first open row that has room; 16 rows stay open. */

/** A document as numbers; those from `predictFrom` on are to be predicted. */
export interface NumberedDocument {
  readonly tokens: readonly number[];
  readonly predictFrom: number;
}

export interface PackedTunes {
  readonly rows: number;
  readonly tokens: Uint16Array<ArrayBuffer>;
  readonly segments: Uint8Array<ArrayBuffer>;
  readonly predict: Uint8Array<ArrayBuffer>;
}

/** Documents longer than a row are an error. */
export function packRows(documents: readonly NumberedDocument[], length: number): PackedTunes {
  const rows = fillRows(documents, length);
  const packed = {
    rows: rows.length,
    tokens: new Uint16Array(rows.length * length),
    segments: new Uint8Array(rows.length * length),
    predict: new Uint8Array(rows.length * length),
  };
  for (const [r, row] of rows.entries()) {
    let at = r * length;
    for (const [segment, { tokens, predictFrom }] of row.entries()) {
      packed.tokens.set(tokens, at);
      packed.segments.fill(segment + 1, at, at + tokens.length);
      packed.predict.fill(1, at + predictFrom, at + tokens.length);
      at += tokens.length;
    }
  }
  return packed;
}

function fillRows(documents: readonly NumberedDocument[], length: number): NumberedDocument[][] {
  const done: NumberedDocument[][] = [];
  let open: { room: number; documents: NumberedDocument[] }[] = [];
  for (const document of documents) {
    const size = document.tokens.length;
    if (size > length) throw new RangeError(`a document of ${size} tokens does not fit ${length}`);
    const row = open.find(({ room }) => room >= size) ?? { room: length, documents: [] };
    if (row.room === length) open.push(row);
    row.documents.push(document);
    row.room -= size;
    if (open.length <= 16) continue;
    const fullest = open.reduce((a, b) => (a.room <= b.room ? a : b));
    done.push(fullest.documents);
    open = open.filter((candidate) => candidate !== fullest);
  }
  return [...done, ...open.map((row) => row.documents)];
}
