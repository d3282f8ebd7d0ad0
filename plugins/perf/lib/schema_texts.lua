-- Files that speak of tables and indexes in SQL's words. To search a repository for many texts costs as much as for one: those of several modules are
-- looked for together, and what is found, few files as a rule, is held against the texts of each.

local M = {}

local GLOB = "**/*.{sql,py,go,js,ts,mjs,cjs}"

-- What makes an index, by the usual spellings.
M.INDEXES = table.freeze({ "CREATE INDEX", "CREATE UNIQUE INDEX", "create index", "create unique index", "CREATE  INDEX", "Create Index" })
-- What makes a table, or a column of one.
M.TABLES = table.freeze({ "CREATE TABLE", "create table", "ADD COLUMN" })
-- Full-text tables of SQLite.
M.FULL_TEXT = table.freeze({ "fts5(", "FTS5(", "fts5 (", "FTS5 (" })
-- Columns for searches of PostgreSQL.
M.SEARCHED = table.freeze({ "tsvector", "TSVECTOR", "TSVector", "SearchVectorField(" })

local ALL = {}
for _, texts in { M.INDEXES, M.TABLES, M.FULL_TEXT, M.SEARCHED } do
  for _, text in texts do
    table.insert(ALL, text)
  end
end

local function holds(text, texts)
  for _, one in texts do
    if text:find(one, 1, true) then
      return true
    end
  end
  return false
end

-- Files with any of the texts, for the whole repository.
local found = nil

-- Paths of the files that hold one of `texts`, a list of this module, and end in one of `endings`, a set of words.
function M.holding(repo, texts, endings)
  found = found or repo:holding(GLOB, ALL)
  local all = {}
  for _, path in found do
    local text = endings[path:match("%.(%w+)$")] and repo:text(path)
    if text and holds(text, texts) then
      table.insert(all, path)
    end
  end
  return all
end

return M
