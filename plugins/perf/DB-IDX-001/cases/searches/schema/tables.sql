CREATE TABLE notes (
  id serial PRIMARY KEY,
  words tsvector, -- finding: DB-IDX-001 confidence: medium
  title tsvector, -- ok: an index for searches; mutate: s/USING gin/USING btree/
  body tsvector -- ok: nobody searches it; mutate: shop/notes.py s/title @@/body @@/
);
CREATE INDEX notes_title ON notes USING gin (title);
