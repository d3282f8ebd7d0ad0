-- For which database scripts are, as their folder shows: where a service can use several, each has scripts of its own.

local M = {}

-- Words that MySQL does not know, and words that only it knows.
local OTHERS = { "AUTOINCREMENT", "autoincrement", "PRAGMA ", "BIGSERIAL", "bigserial", "TIMESTAMPTZ", "timestamptz" }
local MYSQL = { "AUTO_INCREMENT", "auto_increment", "ENGINE=", "engine=", "ENGINE =" }

-- Whether a script of a folder, not of one below it, holds one of the words.
local function speaks(repo, folder, words)
  for _, path in repo:holding(folder == "" and "*.sql" or `{folder}/*.sql`, words) do
    if (path:match("^(.*)/") or "") == folder then
      return true
    end
  end
  return false
end

local NAMED = { sqlite = "sqlite", postgres = "postgres", pgsql = "postgres", mysql = "mysql", mariadb = "mysql" }

-- The database that a folder on the path of a script names: "sqlite", "postgres", "mysql"; nil where none does.
function M.named(path)
  for folder in path:lower():gmatch("([^/]+)/") do
    for word, dialect in NAMED do
      if folder:find(word, 1, true) then
        return dialect
      end
    end
  end
  return nil
end

local known = {}

local function is_other(repo, folder)
  if known[folder] == nil then
    local named = M.named(`{folder}/`)
    known[folder] = (named ~= nil and named ~= "mysql" or not named and speaks(repo, folder, OTHERS)) and not speaks(repo, folder, MYSQL)
  end
  return known[folder]
end

-- Of tables with keys, `{table = {column = key}}`, the keys of scripts that are not for MySQL.
function M.not_of_mysql(repo, tables)
  local left = {}
  for name, keys in tables do
    for column, key in keys do
      if not key.file.root and is_other(repo, key.file.path:match("^(.*)/") or "") then
        left[name] = left[name] or {}
        left[name][column] = key
      end
    end
  end
  return left
end

return M
