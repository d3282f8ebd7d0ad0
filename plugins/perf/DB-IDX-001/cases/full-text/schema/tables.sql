CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT);

-- finding: DB-IDX-001 confidence: medium
CREATE VIRTUAL TABLE note_texts USING fts5(title, body, note_id, tokenize = 'porter');

CREATE VIRTUAL TABLE page_texts USING fts5(title, body, page_id); -- ok: found by its rowid; mutate: notes.py s/page_texts WHERE rowid = :page/page_texts WHERE page_id = :page/

CREATE VIRTUAL TABLE old_texts USING fts4(title, body, docid); -- ok: the rowid by another name; mutate: s/fts4/fts5/
