-- Columns of PostgreSQL's `tsvector` that searches go by (`tokens @@ to_tsquery(...)`) and no GIN or GiST index is over: each search compares every row.

local schema_texts = require("schema_texts")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

local SCRIPTS = "**/*.{sql,py,js,ts,mjs,cjs,go,rb}"
local CODE = "**/*.{py,js,ts,mjs,cjs,go}"
local MODELS = set("py", "js", "ts", "mjs", "cjs", "go")
-- How far from the name of its kind an index names the column.
local NEAR = 240

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- Columns that scripts and statements make.
local function add_stated(repo, add)
  for name, own in sql_indexes.of(repo) do
    for column, made in own.columns do
      if (made.type or ""):upper():find("%f[%w]TSVECTOR%f[%W]") then
        add(column, name, made.file:span(made.first, made.first + made.length - 1), made.file)
      end
    end
  end
end

-- Those that knex makes, `table.specificType("tokens", "tsvector")`, and columns of models: `Column(TSVECTOR)`, `SearchVectorField()`.
local function add_built(repo, add)
  for _, path in schema_texts.holding(repo, schema_texts.SEARCHED, MODELS) do
    local file = repo:open(path)
    local counts = file and (file.class == "source" or file.class == "migration") and file.root
    for _, call in counts and file.root:descendants("call", { "specificType", "Column", "mapped_column", "SearchVectorField" }) or {} do
      local target = call:parent() and call:parent().kind == "assign" and call:parent():child("target")
      if call.name == "specificType" then
        local column, kind = text_of(call:arg(1)), text_of(call:arg(2))
        if column and kind and kind:lower() == "tsvector" then
          add(column, nil, call, file)
        end
      elseif target and target.kind == "name" and file.class == "source" and (call.name == "SearchVectorField" or call.source:find("TSVECTOR", 1, true)) then
        add(target.text, nil, call, file)
      end
    end
  end
end

-- Whether a text, written small, has a word that begins as the kinds of such indexes do; most files only log in, or begin something.
local function may_speak_of_index(small)
  for _, beginning in { "gin", "gis" } do
    local at = small:find(beginning, 1, true)
    while at do
      if at == 1 or not small:sub(at - 1, at - 1):find("%w") then
        return true
      end
      at = small:find(beginning, at + 1, true)
    end
  end
  return false
end

-- Adds what stands in such a text where an index for searches is spoken of: `USING gin (tokens)`, `GinIndex(fields=["tokens"])`, or the word beside the column.
local function add_indexes(text, all)
  local small = text:gsub("%-%-[^\n]*", ""):gsub("#[^\n]*", ""):gsub("//[^\n]*", "")
  for list in small:gmatch("%f[%w]gi[ns]t?%s*(%b())") do
    table.insert(all, list)
  end
  for at in small:gmatch("()%f[%w]gi[ns]t?%f[^%a]") do
    local is_word = small:sub(at - 1, at - 1):find("[\"']") ~= nil
    local before = is_word and small:sub(math.max(1, at - NEAR), at):match(".*index(.*)$")
    if before then
      table.insert(all, before .. small:sub(at, at + NEAR):match("^[^\n]*"))
    end
  end
  for list in small:gmatch("%f[%w]gi[ns]t?index%s*(%b())") do
    table.insert(all, list)
  end
end

-- What was read so far: the files that may speak of such indexes, how many of them were read, and what they say. Most columns are found after a few.
local seen = nil

-- Whether an index for searches is over a column of that name, anywhere.
local function is_indexed(repo, column)
  local form = `%f[%w_]{column:lower()}%f[^%w_]`
  seen = seen or { paths = repo:holding(SCRIPTS, { "gin", "GIN", "Gin", "gist", "GIST", "GiST", "Gist" }), read = 0, indexes = {} }
  local at = 1
  while true do
    for number = at, #seen.indexes do
      if seen.indexes[number]:find(form) then
        return true
      end
    end
    at = #seen.indexes + 1
    if seen.read == #seen.paths then
      return false
    end
    seen.read += 1
    local small = (repo:text(seen.paths[seen.read]) or ""):lower()
    if may_speak_of_index(small) then
      add_indexes(small, seen.indexes)
    end
  end
end

-- The first statement or expression that searches by a column.
local function searched(repo, column)
  local form = `%f[%w_]{column:lower()}%f[^%w_]`
  for _, path in repo:holding(CODE, { "@@", "SearchQuery", ".match(" }) do
    local file = repo:open(path)
    local counts = file and file.class == "source" and file.root
    for _, node in counts and file.root:descendants({ "str", "template" }) or {} do
      local text = node.text:lower()
      if text:find("@@", 1, true) and text:find(form) and not text:find("create%s+index") and node:reach() ~= "test" and node:reach() ~= "script" then
        return node
      end
    end
    -- `Order.tokens.op("@@")(query)`, `Order.tokens.match(words)`, `filter(tokens=SearchQuery(words))`
    for _, node in counts and file.root:descendants({ "attr", "kw-arg" }) or {} do
      local outer = node.text == column and node:parent()
      local is_matched = outer and outer.kind == "attr" and (outer.text == "match" or outer.text == "op" or outer.text == "bool_op") and (outer.text == "match" or outer:parent().source:find("@@", 1, true))
      local is_asked = outer and node.kind == "kw-arg" and outer.kind == "call" and (outer.name == "filter" or outer.name == "exclude") and file.text:find("SearchQuery", 1, true)
      if is_matched or is_asked then
        return node
      end
    end
  end
  return nil
end

-- Calls `report` for each such column of a repository.
function M.check(repo, report)
  local seen = {}
  local function add(column, name, at, file)
    if seen[column:lower()] or file.class == "test" or file.class == "vendored" or file.class == "example" then
      return
    end
    seen[column:lower()] = true
    local use = not is_indexed(repo, column) and searched(repo, column)
    if use then
      report({
        at = at,
        message = `{name and name .. "." or ""}{column} is searched and has no GIN index: each search compares the words of every row`,
        confidence = "medium",
        reach = use:reach(),
        related = { { at = use, message = "searches by it" } },
        notes = { column = column },
      })
    end
  end
  add_built(repo, add)
  add_stated(repo, add)
end

return M
