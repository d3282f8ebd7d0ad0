-- What a loop turns over: slices and parts, channels, messages, the parts of a store, or nothing but a count; and its name for messages.

local awaited = require("awaited")
local row_cursor = require("row_cursor")
local words = require("words")

local M = {}

-- Whether the elements are slices: `[ids[at : at + 100] for at in range(0, len(ids), 100)]`.
function M.is_over_slices(loop)
  local over = loop.iter
  local list = over and (over.kind == "comprehension" and over or over.kind == "name" and over:value())
  local element = list and list.kind == "comprehension" and list:child("value")
  local index = element and element.kind == "index" and element:child("index")
  return index ~= nil and index ~= false and index.kind == "slice"
end

-- The call of Go that gives a channel that ticks.
local CLOCKS = table.freeze({ "time.Tick" })

-- Whether a variable or parameter of Go is declared as a channel: `jobs <-chan Job`, `var jobs chan Job`.
local function is_declared_channel(name)
  local at = name:param_position()
  local func = at and name:func()
  local param = func and func.params[at]
  return param ~= nil and param.source:find("%f[%w]chan%f[%W]") ~= nil
end

-- What gives a channel, by its name: `for message := range queue.Dequeue()`.
local BRINGING = { Dequeue = true, Consume = true, Messages = true, Events = true, Listen = true, Watch = true, Receive = true, Recv = true, Deliveries = true, Updates = true }

-- Whether a call gives a channel: by what the function says that it runs, else, as of methods of generic types, by its name where one name stands for what comes. Of a
-- slice that would be the number.
local function gives_channel(call, loop)
  local callees = call:callees()
  for _, func in callees do
    local returns = func.node:child("returns")
    if returns and returns.source:find("^%(?%s*<?%-?%s*chan%f[%W]") then
      return true
    end
  end
  local targets = loop.node:children("target")
  return #callees == 0 and BRINGING[call.name] == true and #targets == 1 and targets[1].kind == "name"
end

local CHANNEL = words.set("ch", "chan", "chans", "channel")

-- Channels of Go bring work from elsewhere, one by one; those of a clock bring nothing but its ticks: `range time.Tick(time.Minute)`.
function M.is_over_channel(loop)
  local over, targets = loop.iter, loop.node:children("target")
  if not over or over.file.language ~= "go" then
    return false
  elseif #targets > 1 or targets[1] and targets[1].kind ~= "name" then
    -- A channel gives one value: `for _, one := range channels` is over a list.
    return false
  end
  if over.source:find("Subscribe", 1, true) or over.kind == "attr" and (over.text == "Receiver" or over.text == "C") then
    return true
  end
  if over.kind == "name" then
    local value = over:value()
    if value then
      return value.source:find("make%(chan") ~= nil or value:is(CLOCKS) or value.kind == "attr" and value.text == "C"
    elseif is_declared_channel(over) then
      return true
    end
    -- `jobChan`, `ch`, `channel`; no `merchants` or `changes`.
    return words.has_word(over.text, CHANNEL)
  end
  return over.kind == "call" and (over.name == "Done" or over:is(CLOCKS) or gives_channel(over, loop))
end

local SPLITS = { chunk = true, chunks = true, batched = true, batches = true, chunked = true, splitEvery = true, sliced = true, makeChunks = true, chunkArray = true, ichunked = true }

-- Whether a loop turns over parts that a variable holds: `const parts = chunk(ids, 100); for (const part of parts)`.
function M.is_over_parts(loop)
  local over = loop.iter
  local test = not over and loop.node.kind == "c-for" and loop.node:child("test")
  -- `for (let i = 0; i < parts.length; i++)` counts them.
  local bound = test and test.kind == "compare" and test:children("value")[2]
  if bound and bound.kind == "attr" and bound.text == "length" then
    over = bound:child("value")
  end
  local value = awaited.value(over and over.kind == "name" and over:value())
  return value ~= nil and value.kind == "call" and SPLITS[value.name] == true
end

-- Whether a number is that of the items of some data: `len(ids)`, `len(ids) - 1`, or what stands for it.
local function is_length(node)
  local value = node.kind == "name" and node:value() or node
  for _, call in { value, unpack(value:descendants("call")) } do
    if call.kind == "call" and call:is("builtins.len") then
      return true
    end
  end
  return false
end

-- Whether a loop only counts how often it turns, and what it asks for goes on from the turn before: `for _ in range(most)`. One that turns as often as
-- there are items takes one each time: `for _ in range(len(ids))`. A loop over numbers that has no test, `for n := 1; ; n++`, tries one after the other until one fits.
function M.is_counting(loop)
  local source = loop.node.file.language ~= "python" and loop.node.source or ""
  if source:find("^for%s*%(?[^;{}\n]*;%s*;[^{}\n]*{") then
    -- What is read by its number is the item of some data: `for i := 0; ; i++ { if i == len(ids) { break }; load(ids[i]) }`.
    local number = source:match("([%w_]+)%s*:?=")
    return number ~= nil and not source:find(`[{number}]`, 1, true)
  end
  local over, target = loop.iter, loop.node:child("target")
  if not over or over.kind ~= "call" or not over:is("builtins.range") or not target or not target.text:match("^_+$") then
    return false
  end
  for _, bound in over:args() do
    if is_length(bound) then
      return false
    end
  end
  return true
end

-- What lists the parts of a store: each turn then asks another of them, which no query does for several.
local CATALOGS = {
  list_collection_names = true, list_collections = true, collection_names = true, list_database_names = true, get_table_names = true, get_view_names = true, get_schema_names = true,
  listCollections = true, listDatabases = true, getTableNames = true, list_tables = true, list_datasets = true, GetTables = true, GetTableNames = true, ListTables = true, ListCollectionNames = true, ListDatabaseNames = true,
}

-- The name of the function whose answer a name of Go holds, one of several: `_, pending, err := pendingMigrations(db)`.
local function answered_by(over)
  local func = over.kind == "name" and over.file.language == "go" and over:func()
  local made = func and func.node.source:match("%f[%w_]" .. over.text .. "%f[^%w_][%w_ ,]*:?=[^\n]-([%w_]+)%([^()\n]*%)%s*\n")
  return made
end

-- Whether a loop turns over the parts of a store, or over migrations, which follow each other.
function M.is_over_catalog(loop)
  local over = loop.iter
  local made = over and answered_by(over)
  if made and (CATALOGS[made] or made:find("[mM]igrations$")) then
    return true
  end
  local value = awaited.value(over and over.kind == "name" and over:value() or over)
  if value and value.kind == "call" and value:is({ "builtins.sorted", "builtins.list", "builtins.set", "builtins.reversed", "builtins.enumerate" }) then
    value = value:arg(1)
  end
  return value ~= nil and value.kind == "call" and CATALOGS[value.name] == true
end

-- Whether a loop calls its element a group of things, or a message.
function M.names_a_group(loop)
  local target = loop.node:child("target")
  local name = target and target.text:lower() or ""
  return name:find("batch") ~= nil or name:find("chunk") ~= nil or name == "page" or name:find("message") ~= nil or name:find("event") ~= nil
end

-- What a loop runs over, as it is written; nil where nothing says so.
function M.over(loop)
  local step = row_cursor.step_of(loop)
  local over = loop.iter or step and step:receiver()
  local text = over and over.source
  if not text and (loop.node.kind == "c-for" or loop.node.kind == "while") then
    -- `i < steps.length`, `i < len(steps)`.
    local test = loop.node:child("test")
    local sides = test and test.kind == "compare" and test:children("value") or {}
    local bound = sides[2] and sides[2].source
    text = bound and (bound:match("^(.+)%.length$") or bound:match("^(.+)%.size$") or bound:match("^len%((.+)%)$"))
  end
  if not text then
    return nil
  end
  text = text:gsub("%s+", " ")
  -- Of a long chain what it begins with: `users` of `users.filter(...)`.
  local root = #text > 40 and over or nil
  while root and root.kind == "call" and root:receiver() do
    root = root:receiver()
  end
  text = root and root.source:gsub("%s+", " ") or text
  return #text > 40 and text:sub(1, 37) .. "..." or text
end

-- How often the body of a loop runs, in words: "item of `rows`".
function M.each(loop)
  local over = M.over(loop)
  return over and `item of \`{over}\`` or "turn of this loop"
end

-- Whether a loop stands under a test that its data holds one item: `if (ids.length === 1)`.
function M.is_over_one(loop)
  local over = loop.iter
  local at = over and loop.node:enclosing({ "if", "function" })
  while at and at.kind == "if" do
    local test = at:child("test")
    local text = test and test.source:gsub("%s", "") or ""
    local name = over.source:gsub("%s", "")
    if text:find(name .. ".length===1", 1, true) or text:find(name .. ".length==1", 1, true) or text:find("len(" .. name .. ")==1", 1, true) then
      local body = at:child("body")
      if body and loop.node:is_within(body) then
        return true
      end
    end
    at = at:enclosing({ "if", "function" })
  end
  return false
end

-- Messages that a queue hands over: each is work in its own right. `event.Records` is what Lambda calls them; `fileRecords` are rows, and so are the messages that a
-- database or the caller of a request gives.
function M.is_over_messages(loop)
  local over = loop.iter
  local text = over and over.source or ""
  if text:find("%f[%w_]Records%f[^%w_]") ~= nil then
    return true
  elseif text:lower():find("messages") == nil or loop.node:reach() == "request" then
    return false
  end
  local value = over.kind == "name" and awaited.value(over:value()) or over
  return not (value.kind == "call" and value:fact("kind") == "db")
end

return M
