/** The database's shape as a list of steps; `user_version` says how many have been taken. Steps are never edited, only added. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE works (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    medium TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    parents TEXT NOT NULL,
    record TEXT NOT NULL,
    record_hash TEXT NOT NULL,
    place INTEGER NOT NULL,
    measures TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX works_by_medium ON works (medium, seq);
  CREATE TRIGGER works_stay BEFORE UPDATE ON works BEGIN SELECT RAISE(ABORT, 'a work never changes'); END;

  CREATE TABLE lineage (
    parent TEXT NOT NULL,
    child TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (child, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lineage_by_parent ON lineage (parent);

  CREATE TABLE outcomes (
    record_hash TEXT PRIMARY KEY,
    works TEXT NOT NULL,
    report TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    facts TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    op TEXT NOT NULL,
    record_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    error TEXT
  ) STRICT;
  CREATE INDEX jobs_by_state ON jobs (state, seq);
  `,
  `
  CREATE TABLE desk (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    task TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    seed INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    works TEXT NOT NULL,
    report TEXT NOT NULL,
    error TEXT,
    owner TEXT NOT NULL
  ) STRICT;
  CREATE INDEX desk_by_state ON desk (state, seq);
  `,
  `
  CREATE TABLE marks (
    work TEXT PRIMARY KEY,
    starred INTEGER NOT NULL,
    trashed INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE boards (
    name TEXT NOT NULL,
    work TEXT NOT NULL,
    PRIMARY KEY (name, work)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX boards_by_work ON boards (work);

  CREATE TABLE words (
    work TEXT PRIMARY KEY,
    words TEXT NOT NULL
  ) STRICT;
  `,
  // Which entries name which work, found again from the facts themselves: ids are 16 hexadecimal digits.
  `
  CREATE TABLE ledger_names (
    work TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (work, seq)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO ledger_names
    SELECT tree.value, ledger.seq FROM ledger, json_tree(CASE WHEN json_valid(facts) THEN facts ELSE 'null' END) AS tree
    WHERE tree.type = 'text' AND length(tree.value) = 16 AND tree.value NOT GLOB '*[^0-9a-f]*';
  CREATE TRIGGER ledger_named AFTER INSERT ON ledger BEGIN
    INSERT OR IGNORE INTO ledger_names
      SELECT tree.value, new.seq FROM json_tree(new.facts) AS tree
      WHERE tree.type = 'text' AND length(tree.value) = 16 AND tree.value NOT GLOB '*[^0-9a-f]*';
  END;
  `,
  `
  CREATE TABLE agents (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    parent TEXT,
    owner TEXT,
    state TEXT NOT NULL
  ) STRICT;
  CREATE INDEX agents_by_parent ON agents (parent, seq);
  `,
];
