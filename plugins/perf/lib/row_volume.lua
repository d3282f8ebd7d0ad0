-- What code says of how many rows a table gets: rows that are written many at a time, in a loop, as something is only read, or from many places; rows that are deleted by
-- their age; tables that are split. A name alone says nothing of it: an event of an export is rarer than an event of an order.

local asked_route = require("asked_route")
local growing_rows = require("growing_rows")
local words = require("words")

local M = {}

local BULK = words.set(
  "bulk_create", "abulk_create", "bulk_save_objects", "bulk_insert_mappings", "add_all", "insert_many", "insertMany", "createMany", "createManyAndReturn", "bulkCreate", "batchInsert", "CreateInBatches",
  "executemany", "execute_values", "execute_batch", "copy_records_to_table", "CopyFrom", "SendBatch"
)
local WRITES = words.set("create", "acreate", "insert", "save", "add", "Create", "get_or_create", "upsert")
local DELETES = words.set("delete", "adelete", "deleteMany", "destroy", "Delete", "del", "_raw_delete")
-- How a condition on age is written.
local BY_AGE = { "__lt", "<", "lt:", "LessThan" }
local WRITING = {}
for _, set in { BULK, WRITES, DELETES } do
  for name in set do
    table.insert(WRITING, name)
  end
end
-- From how many places of the code a table is written before its rows are taken for many.
local MANY_PLACES = 20

-- Subjects of which everything that people do makes one more.
local GENERIC = words.set("access", "system", "usage", "api", "login", "security", "operation", "chat", "page", "http", "app", "application", "server", "device", "sensor", "traffic", "search", "query", "sync", "worker")

-- Whether what a table keeps a record of comes with use itself: `order` of `OrderEvent`, nothing of `Event`.
local function has_growing_subject(name)
  local all = table.clone(words.of(name))
  table.remove(all)
  local subject = all[#all]
  return subject == nil or GENERIC[subject] ~= nil or growing_rows.named(subject)
end

local function holds(text, name)
  local at = text:find(name, 1, true)
  return at ~= nil and text:find(`%f[%w_]{name}%f[^%w_]`, at) ~= nil
end

local function names_any(text, names)
  for _, name in names do
    if holds(text, name) then
      return true
    end
  end
  return false
end

local COUNTS = words.set("per-item", "unknown", "stream", "chunk", "paging")

local function is_in_loop(node)
  for _, loop in node:loops() do
    if COUNTS[loop.kind] then
      return true
    end
  end
  return false
end

-- Whether a place runs each time that something is only read, or with every request: in a handler of GET itself, in a middleware, under no condition.
local function is_read(node, repo)
  local func = node:func()
  if not func or func.reach ~= "request" or #func:route() > 1 or node:enclosing({ "if", "handler", "switch", "conditional", "logic" }) then
    return false
  end
  local handler = func.node
  local path, class = asked_route.path_of(handler), handler:enclosing("class")
  local is_middleware = class ~= nil and class.text:find("Middleware", 1, true) ~= nil or handler.text:lower():find("middleware", 1, true) ~= nil
  return path ~= nil and path:find("^GET ") ~= nil or handler.text == "get" and class ~= nil or is_middleware or handler.text == "before_request" or handler.text == "after_request"
end

-- Code that fills a table for a demonstration or a test.
local FILLS = { "seed", "populate", "random_data", "dummy", "demo", "fixture", "fake", "sample_data" }

local function is_run_by_hand(node)
  local reach = node:reach()
  return reach == "script" or reach == "test" or reach == "build" or words.any_in(node.file.path_below_named, FILLS)
end

-- Keeps the function around what writes a table.
local function keep_writer(node, key)
  local func = node:func()
  if func then
    key.writers[`{func.node.file.path}:{func.node.id}`] = func
  end
end

-- What one call says of a table, in words; nil where it says nothing.
local function said_by(call, key, repo)
  local name, source = call.name, nil
  if name == key.table then
    -- The model is made: `OrderEvent(...)`.
    keep_writer(call, key)
    key.read_at = key.read_at or is_read(call, repo) and call or nil
    return is_in_loop(call) and "rows are made in a loop" or nil
  elseif not BULK[name] and not WRITES[name] and not DELETES[name] then
    return nil
  end
  source = call.source
  if not names_any(source, key.names) then
    return nil
  elseif WRITES[name] then
    keep_writer(call, key)
  end
  if BULK[name] then
    return "rows are written many at a time"
  elseif DELETES[name] then
    for _, sign in BY_AGE do
      if source:find(sign, 1, true) then
        return "old rows are deleted by their age"
      end
    end
    return nil
  end
  key.read_at = key.read_at or is_read(call, repo) and call or nil
  return is_in_loop(call) and "rows are written in a loop" or nil
end

-- What the callers of a function that writes say, and how many there are; those beside it, in its own file, only pass it on.
local function judge_callers(func, key, repo, depth)
  local places = 0
  for _, caller in func:callers() do
    if caller.file.class ~= "source" or is_run_by_hand(caller) then
      continue
    end
    key.read_at = key.read_at or is_read(caller, repo) and caller or nil
    local passes_on = depth == 0 and caller.file.path == func.node.file.path and caller:func()
    places += passes_on and 0 or 1
    if is_in_loop(caller) then
      return "a row is written for each turn of a loop", caller, places
    elseif passes_on then
      local said, at, more = judge_callers(passes_on, key, repo, depth + 1)
      places += more
      if said then
        return said, at, places
      end
    end
  end
  return nil, nil, places
end

local function judge_writers(key, repo)
  local places = 0
  for _, func in key.writers do
    local said, at, more = judge_callers(func, key, repo, 0)
    if said then
      return said, at
    end
    places += more
  end
  if places >= MANY_PLACES then
    return `rows are written from {places} places`, nil
  end
  return key.read_at and "a row is written each time that something is read" or nil, key.read_at
end

-- Whether a text, written small, may be a statement that makes or removes rows.
local function writes_rows(small)
  return small:find("insert into", 1, true) ~= nil or small:find("delete from", 1, true) ~= nil
end

-- Statements of SQL: `INSERT INTO readings` that runs many times, `DELETE FROM events WHERE at < ...`.
local function said_by_text(node, key)
  local text = node.text
  local small = text:lower()
  if not writes_rows(small) or not names_any(small, key.sql_names) then
    return nil
  elseif small:find("^%s*delete") then
    return small:find("<", 1, true) and "old rows are deleted by their age" or nil
  end
  keep_writer(node, key)
  local outer = node:argument_of()[1]
  return (outer and BULK[outer.name] and "rows are written many at a time") or (is_in_loop(node) and "rows are written in a loop") or nil
end

-- By what a table is named in code, and in statements.
local function name_all(key)
  key.names = { key.table }
  local first = key.table:sub(1, 1)
  if first ~= first:lower() then
    table.insert(key.names, first:lower() .. key.table:sub(2))
  end
  local snake = key.table:gsub("(%l)(%u)", "%1_%2"):lower()
  key.sql_names = { snake, snake .. "s", key.sql_name and key.sql_name:lower() or nil }
  key.writers = {}
end

-- Whether a file may write a table: it makes or asks its model, or names it in a statement.
local function may_write(text, key, path)
  local name = key.table
  if text:find(name, 1, true) then
    for _, behind in { "(", ".", ")", "{", '"', "'", "," } do
      if text:find(name .. behind, 1, true) then
        return true
      end
    end
  end
  if path:find("%.[cm]?[jt]sx?$") then
    return text:find(`.{key.names[2] or name}.`, 1, true) ~= nil
  elseif key.is_django then
    return false
  end
  for _, sql in key.sql_names do
    if text:find(sql, 1, true) and (text:find("INSERT INTO", 1, true) or text:find("insert into", 1, true) or text:find("DELETE FROM", 1, true)) then
      return true
    end
  end
  return false
end

-- The calls of a file that may make or write a row of a table, and its texts where they may be statements, in order.
local function nodes_of(root, text, keys)
  local names = table.clone(WRITING)
  for _, key in keys do
    table.insert(names, key.table)
  end
  local nodes = root:descendants("call", names)
  local small = text:lower()
  if small:find("insert", 1, true) and small:find("into", 1, true) or small:find("delete", 1, true) and small:find("from", 1, true) then
    local count = #nodes
    for _, node in root:descendants({ "str", "template" }) do
      if writes_rows(node.text:lower()) then
        table.insert(nodes, node)
      end
    end
    if #nodes > count then
      table.sort(nodes, function(left, right)
        return left.id < right.id
      end)
    end
  end
  return nodes
end

local function read_file(path, text, keys, repo)
  local file = repo:open(path)
  if not file or not file.root or file.class ~= "source" then
    return
  end
  for _, node in nodes_of(file.root, text, keys) do
    local is_call = node.kind == "call"
    for _, key in keys do
      if not key.volume then
        if is_call then
          key.volume = said_by(node, key, repo)
        else
          key.volume = said_by_text(node, key)
        end
        if key.volume and is_run_by_hand(node) then
          key.volume = nil
        end
        key.volume_at = key.volume and node or nil
      end
    end
  end
end

-- Says of each key {table, text} whether code shows that its table gets many rows: `volume` in words and `volume_at`, its place. `paths` are the files that write.
function M.find(repo, keys, paths)
  local asked = {}
  for _, key in keys do
    local text = key.text:lower()
    if text:find("partition by", 1, true) or text:find("create_hypertable", 1, true) then
      key.volume = "the table is split into partitions"
    elseif has_growing_subject(key.table) then
      name_all(key)
      table.insert(asked, key)
    end
  end
  for _, path in #asked > 0 and paths or {} do
    local text, here = nil, {}
    for _, key in asked do
      if not key.volume then
        text = text or repo:text(path) or ""
        if may_write(text, key, path) then
          table.insert(here, key)
        end
      end
    end
    if #here > 0 then
      read_file(path, text, here, repo)
    end
  end
  for _, key in asked do
    if not key.volume then
      key.volume, key.volume_at = judge_writers(key, repo)
    end
  end
end

return M
