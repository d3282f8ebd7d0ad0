CREATE TABLE offices (id SERIAL PRIMARY KEY, name TEXT);
CREATE TABLE drafts (id SERIAL PRIMARY KEY, body TEXT);
CREATE TABLE regions (id SERIAL PRIMARY KEY, name TEXT);

CREATE TABLE mailings (
  id BIGSERIAL PRIMARY KEY,
  draft_id INT REFERENCES drafts (id) ON DELETE SET NULL, -- finding: DB-IDX-001 confidence: medium
  office_id INT REFERENCES offices (id) ON DELETE CASCADE, -- ok: nothing deletes offices; mutate: sql/mailings.sql s/UPDATE offices SET name = '' WHERE/DELETE FROM offices WHERE/
  region_id INT REFERENCES regions (id), -- ok: the database refuses to delete regions that are used, and no rule of the key reads them; mutate: s/regions (id),/regions (id) ON DELETE CASCADE,/
  first_id INT REFERENCES drafts (id) ON DELETE SET NULL, -- ok: indexed below; mutate: s/(first_id)/(id, first_id)/
  name TEXT
);
CREATE INDEX mailings_first ON mailings (first_id);

CREATE TABLE copies (id BIGSERIAL PRIMARY KEY, mailing_id BIGINT, draft_id INT);
ALTER TABLE ONLY copies ADD CONSTRAINT copies_mailing FOREIGN KEY (mailing_id) REFERENCES mailings (id) ON DELETE CASCADE; -- finding: DB-IDX-001
