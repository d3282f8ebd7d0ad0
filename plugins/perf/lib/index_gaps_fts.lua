-- Keys that SQLite's full-text tables hold in a column of their own: FTS5 indexes words and its rowid, and nothing else, so that `docid = ?` reads every row.
-- (In FTS3 and FTS4 `docid` is another name of the rowid.)

local schema_texts = require("schema_texts")
local set = require("words").set

local M = {}

local FILES = set("sql", "go", "py", "ts", "js")
-- Files with statements that are looked into, at most.
local MOST_FILES = 200

-- The columns of such tables that are called as a key is: {name, table, file, first, last}.
local function keys_of(repo)
  local all = {}
  for _, path in schema_texts.holding(repo, schema_texts.FULL_TEXT, FILES) do
    local file = repo:open(path)
    if not file or file.class == "test" or file.class == "vendored" then
      continue
    end
    local text = file.text
    for name, list, at in text:gmatch("[Vv][Ii][Rr][Tt][Uu][Aa][Ll]%s+[Tt][Aa][Bb][Ll][Ee]%s+([^;%(]-)%s+[Uu][Ss][Ii][Nn][Gg]%s+[Ff][Tt][Ss]5%s*%(([^%)]*)()%)") do
      local owner = (name:match("([%w_]+)[\"`']?%s*$") or ""):lower()
      local begun = at - #list
      for first, column, last in list:gmatch("()%f[%w_]([%a_][%w_]*)()") do
        local before = list:sub(1, first - 1)
        local is_column = before:find("^%s*$") or before:find(",%s*$")
        if is_column and (column:find("_id$") or column == "docid" or column == "id") and not list:sub(last):find("^%s*=") then
          table.insert(all, { name = column:lower(), table = owner, file = file, first = begun + first - 1, last = begun + last - 2 })
        end
      end
    end
  end
  return all
end

-- Whether a statement goes by the column: it compares it, and names the table.
local function goes_by(text, key)
  local small = text:lower()
  if not small:find(key.table, 1, true) then
    return false
  end
  return small:find(`%f[%w_]{key.name}%s*=`) ~= nil or small:find(`=%s*[%w_]+%.{key.name}%f[^%w_]`) ~= nil or small:find(`%f[%w_]{key.name}%s+in%s*%(`) ~= nil
end

-- Calls `report` for each such key that statements of the service go by.
function M.check(repo, report)
  for _, key in keys_of(repo) do
    local use, count = nil, 0
    for at, path in repo:holding("**/*.{go,py,ts,js}", key.table) do
      local file = at <= MOST_FILES and repo:open(path) or nil
      for _, node in file and file.class == "source" and file.root and file.root:descendants({ "str", "template" }) or {} do
        local text = #node.text > 20 and node.text or ""
        if goes_by(text, key) and not text:find("[Vv][Ii][Rr][Tt][Uu][Aa][Ll]") and node:reach() ~= "test" then
          use = use or node
          count += 1
        end
      end
    end
    if use then
      report({
        at = key.file:span(key.first, key.last),
        message = `{key.table}.{key.name} is a plain column of a full-text table, which FTS5 cannot index: each statement that goes by it reads all of its texts; the rowid can hold the key`,
        confidence = "medium",
        reach = use:reach(),
        related = { { at = use, message = `goes by it{count > 1 and ", one of " .. count .. " places" or ""}` } },
        notes = { table = key.table, column = key.name, places = count },
      })
    end
  end
end

return M
