-- What runs once per item: loops around a call, seen through callbacks, and what the call does to a store, itself or through
-- the repository's own functions.

local migration = require("migration")

local M = {}

-- Functions handed to these run later, or once for a whole program, not where the call stands.
local LATER = {
  on = true, once = true, addListener = true, addEventListener = true, subscribe = true, setTimeout = true, setInterval = true,
  setImmediate = true, schedule = true, describe = true, it = true, test = true, use = true, useEffect = true, useCallback = true,
  useMemo = true, watch = true, register = true, HandleFunc = true, onSnapshot = true, listen = true, AfterFunc = true, process = true,
}

-- Functions that run once, and those that take a lease: they go on until they have one.
local ONE_OFF = { "migrat", "backfill", "seed", "fixture", "lease", "acquirelock", "bootstrap_" }

local function runs_now(call)
  if call:fact("role") or call:fact("offloads") or call:fact("takes_function") == "later" then
    return false
  end
  return not LATER[call.name]
end

-- Loops around a node, innermost first, as rows {loop, at}: `at` is what stands in the loop's own function. A function that is
-- handed to a call, or called on the spot, runs where that call stands.
function M.loops(node)
  local all = {}
  local at = node
  for _ = 1, 6 do
    local through = {}
    for _, loop in at:loops() do
      table.insert(all, { loop = loop, at = at })
      table.insert(through, loop.node)
    end
    local func = at:func()
    local outside = nil
    while func and not outside do
      local body = func.node
      local call = body:parent()
      if not call or call.kind ~= "call" then
        return all
      end
      local iterates = false
      for _, node in through do
        iterates = iterates or node:same(call)
      end
      if iterates then
        func = call:func()
      elseif body:role() == "callee" or (body:role() == "arg" and runs_now(call)) then
        outside = call
      else
        return all
      end
    end
    if not outside then
      return all
    end
    at = outside
  end
  return all
end

-- The last call of the chain that a call stands in: `knex("t").where(...).first()`.
function M.whole(call)
  local after = call:chained()
  return after[#after] or call
end

-- The call by which a loop of Go steps from row to row: `for rows.Next()`, `for iter.Scan(&id)`. A scanner of text takes nothing.
local function step_of(loop)
  local test = not loop.iter and loop.node:child("test")
  if not test or test.kind ~= "call" or not test:receiver() then
    return nil
  end
  return (test.name == "Next" or test.name == "Scan" and #test:args() > 0) and test or nil
end

-- Methods of a cursor that put a row where their arguments point.
local FILLING = { Scan = true, StructScan = true, MapScan = true, Decode = true, ScanStruct = true, ToStruct = true }

-- The variable that an expression of Go is a part of: `user` of `user.ID` and `users[0].Name`.
local function variable_of(node)
  while node.kind == "attr" or node.kind == "index" do
    node = node:child("value") or node
    if node.kind ~= "attr" and node.kind ~= "index" and node.kind ~= "name" then
      return nil
    end
  end
  return node.kind == "name" and node.text or nil
end

local function reads_one_of(node, names)
  if node.kind == "name" then
    return names[node.text] or false
  end
  for _, name in node:descendants("name") do
    if names[name.text] then
      return true
    end
  end
  return false
end

-- The names that hold a row of Go's cursor, or something made from it, in the body of the loop that `step` turns: what is read
-- from the cursor (`rows.Scan(&id)`, `user := load(rows)`, `db.ScanRows(rows, &user)`), and what is made from that.
local function row_names(loop, step)
  local cursor = (step:receiver() :: any).source
  local names = {}
  local function fill(call, is_cursors)
    local source = call.source
    for _, argument in call:args() do
      local name = variable_of(argument)
      -- A `&` is written where a call fills; what is handed on as it is may be a context.
      if name and (is_cursors and FILLING[call.name] or source:find("&" .. name .. "%f[^%w_]")) then
        names[name] = true
      end
    end
  end
  fill(step, true)
  local body = loop.node:child("body")
  local nodes = body and body:descendants({ "assign", "call", "for" }) or {}
  -- Twice is enough for what is written in order and one step backward.
  for _ = 1, 2 do
    for _, node in nodes do
      if node.kind == "call" then
        local receiver = node:receiver()
        local is_cursors = receiver ~= nil and receiver.source == cursor
        local takes = is_cursors
        for _, argument in node:args() do
          takes = takes or argument.source == cursor or reads_one_of(argument, names)
        end
        if takes then
          fill(node, is_cursors)
        end
      else
        local value = node:child("value") or node:child("iter")
        local made = value and reads_one_of(value, names)
        for _, call in value and node.kind == "assign" and { value, unpack(value:descendants("call")) } or {} do
          local receiver = call.kind == "call" and call:receiver()
          made = made or receiver and receiver.source == cursor
          for _, argument in call.kind == "call" and call:args() or {} do
            made = made or argument.source == cursor
          end
        end
        for _, target in made and node:children("target") or {} do
          local name = variable_of(target)
          for _, part in name and {} or target:descendants("name") do
            names[part.text] = true
          end
          if name then
            names[name] = true
          end
        end
      end
    end
  end
  -- That something went wrong says nothing about the row.
  names._, names.err, names.ok = nil, nil, nil
  return names
end

-- Whether the row decides what an expression asks for.
local function carries_row(loop, node)
  local step = step_of(loop)
  if not step then
    return loop:carries(node)
  end
  return reads_one_of(node, row_names(loop, step))
end

-- Whether a loop over a stream runs over rows: a cursor, a query, Go's `rows.Next()`.
local function is_over_rows(loop)
  local over = loop.iter
  if not over then
    return step_of(loop) ~= nil
  end
  if over.kind == "await" then
    over = over:child("value")
  end
  if not over then
    return false
  end
  local store = over:fact("store")
  if store then
    return true
  end
  local value = over:value()
  return value ~= nil and value:fact("store") ~= nil
end

-- Calls that give as many things as their first argument has; `zip` stops with its shortest.
local AS_MANY = { list = true, tuple = true, sorted = true, reversed = true, enumerate = true, set = true, frozenset = true, zip = true }
local VIEWS = { items = true, keys = true, values = true }
local OBJECT = { "global.Object.values", "global.Object.keys", "global.Object.entries" }

local function is_enum(class)
  for _, base in class.kind == "class" and class:children("base") or {} do
    if base.source:find("Enum$") or base.source:find("%f[%w]IntFlag$") then
      return true
    end
  end
  return false
end

-- Whether an expression stands for as many things as are written down: `params = ["q", "sort"]`, `tables := []string{"users", "orders"}`, `zip(DAYS, dates)`,
-- the members of an enum.
local function is_few(node, depth)
  if depth > 3 then
    return false
  elseif node.kind == "list" or node.kind == "dict" or node.kind == "set" then
    local items = node:children("item")
    for _, item in items do
      if item.kind == "spread" then
        return false
      end
    end
    return #items > 0
  elseif node.kind == "name" or node.kind == "attr" then
    local value = node.kind == "name" and node:value() or node:definition()
    for _, class in not value and node.kind == "name" and node.file.root and node.file.root:children("body") or {} do
      value = class.kind == "class" and class.text == node.text and class or value
    end
    return value ~= nil and (is_enum(value) or value.kind ~= "name" and value.kind ~= "attr" and is_few(value, depth + 1))
  elseif node.kind ~= "call" then
    return false
  end
  if node:is(OBJECT) then
    -- What is written like a type and turned over like an object is an enum.
    local of = node:arg(1)
    return of ~= nil and (of.kind == "name" and of.text:find("^%u%w*%l") ~= nil and not of:param_position() or of.kind ~= "call" and is_few(of, depth + 1))
  end
  local receiver = node:receiver()
  if receiver then
    return VIEWS[node.name] == true and node.file.language == "python" and receiver.kind ~= "call" and is_few(receiver, depth + 1)
  end
  for at, argument in AS_MANY[node.name] and node.file.language == "python" and node:args() or {} do
    if (at == 1 or node.name == "zip") and argument.kind ~= "kw-arg" and is_few(argument, depth + 1) then
      return true
    end
  end
  return false
end

local function is_written_out(loop)
  local over = loop.iter
  -- A literal in the head is judged by how much it holds.
  return over ~= nil and (over.kind == "name" or over.kind == "attr" or over.kind == "call") and is_few(over, 0)
end

-- Whether the elements are slices: `[ids[at : at + 100] for at in range(0, len(ids), 100)]`.
local function is_over_slices(loop)
  local over = loop.iter
  local list = over and (over.kind == "comprehension" and over or over.kind == "name" and over:value())
  local element = list and list.kind == "comprehension" and list:child("value")
  local index = element and element.kind == "index" and element:child("index")
  return index ~= nil and index ~= false and index.kind == "slice"
end

-- Words for a statement of SQL as an element: what runs such a list is a script.
local STATEMENTS = { stmt = true, statement = true, sql = true, query = true, ddl = true, command = true, q = true }

-- The calls that make what a call gives: those of its chain, and behind a variable those that made its receiver: `found = execute(query); found.all()`.
local function steps_of(node)
  local _, before = node:chained()
  local steps = { node, unpack(before) }
  local first = steps[#steps]:receiver()
  local made = first and first.kind == "name" and first:value()
  made = made and made.kind == "await" and made:child("value") or made
  if made and made.kind == "call" then
    table.insert(steps, made)
  end
  return steps
end

-- Whether the element itself is the statement that is run: `for statement in script.split(";"): cursor.execute(statement)`.
local function is_script(node, loop)
  local target = loop.node:child("target")
  local argument = node:arg(1)
  for _, call in steps_of(node) do
    argument = call:fact("runs") and call:arg(tonumber(call:fact("runs"))) or argument
  end
  -- `execute(text(query))`.
  if argument and argument.kind == "call" and argument:fact("sql") then
    argument = argument:arg(tonumber(argument:fact("sql"))) or argument
  end
  if not target or not argument or argument.kind ~= "name" or not STATEMENTS[argument.text:lower()] then
    return false
  end
  return target.text == argument.text or target.source:find(argument.text, 1, true) ~= nil
end

-- Whether a node stands in a branch for one value of the loop's element: `if name == "bundle": ...`.
local function is_for_one(node, loop)
  local target = loop.node:child("target")
  if not target or target.kind ~= "name" then
    return false
  end
  local branch = node:enclosing({ "if", "function" })
  while branch and branch.kind == "if" and branch:is_within(loop.node) do
    local test, body = branch:child("test"), branch:child("body")
    if test and body and test.kind == "compare" and node:is_within(body) and (test.text == "==" or test.text == "===") then
      local sides = test:children("value")
      local _, known = (sides[2] or test):literal()
      if #sides == 2 and known and sides[1].kind == "name" and sides[1].text == target.text then
        return true
      end
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

-- Whether a condition compares what names one item with something that is the same for all: `repo.id != wanted`.
local function names_one(test, loop, operators)
  if not test or test.kind ~= "compare" or not operators[test.text] then
    return false
  end
  local sides = test:children("value")
  for at, side in sides do
    local other = sides[3 - at]
    local key = side.kind == "attr" and side.text:lower() or ""
    local is_key = key == "id" or key == "uuid" or key == "slug" or key == "key" or key:find("_id$") ~= nil or side.kind == "attr" and side.text:find("Id$") ~= nil
    local base = side:child("value")
    if #sides == 2 and is_key and base and base.kind == "name" and loop:carries(side) and not loop:carries(other) then
      return true
    end
  end
  return false
end

local SAME = { ["=="] = true, ["==="] = true }
local OTHER = { ["!="] = true, ["!=="] = true }

-- Whether only the one item with some key gets as far as a node: `if repo.id != wanted: continue`, `if (repo.id === wanted) { ... }`.
function M.is_for_one_key(node, loop)
  local at = node:statement()
  for _ = 1, 16 do
    local block = at and at:parent()
    if not at or not block then
      return false
    end
    for _, before in block:children() do
      if before:same(at) then
        break
      end
      local body = before.kind == "if" and before:child("body")
      local statements = body and body:children() or {}
      local last = statements[#statements]
      if last and last.kind == "continue" and names_one(before:child("test"), loop, OTHER) then
        return true
      end
    end
    local owner = block:parent()
    if not owner or owner:same(loop.node) or owner.kind == "function" then
      return false
    elseif owner.kind == "if" and block:role() == "body" and names_one(owner:child("test"), loop, SAME) then
      return true
    end
    at = owner.kind == "if" and owner or owner:statement()
  end
  return false
end

-- Channels of Go bring work from elsewhere, one by one.
local function is_over_channel(loop)
  local over = loop.iter
  if not over or over.file.language ~= "go" then
    return false
  end
  if over.source:find("Subscribe", 1, true) or over.kind == "attr" and (over.text == "Receiver" or over.text == "C") then
    return true
  end
  if over.kind == "name" then
    local value = over:value()
    if value then
      return value.source:find("make%(chan") ~= nil
    end
    local name = over.text:lower()
    return name == "ch" or name:find("chan") ~= nil
  end
  return over.kind == "call" and over.name == "Done"
end

local SPLITS = { chunk = true, chunks = true, batched = true, batches = true, chunked = true, splitEvery = true, sliced = true, makeChunks = true, chunkArray = true, ichunked = true }

-- Whether a loop turns over parts that a variable holds: `const parts = chunk(ids, 100); for (const part of parts)`.
local function is_over_parts(loop)
  local over = loop.iter
  local test = not over and loop.node.kind == "c-for" and loop.node:child("test")
  -- `for (let i = 0; i < parts.length; i++)` counts them.
  local bound = test and test.kind == "compare" and test:children("value")[2]
  if bound and bound.kind == "attr" and bound.text == "length" then
    over = bound:child("value")
  end
  local value = over and over.kind == "name" and over:value()
  if value and value.kind == "await" then
    value = value:child("value")
  end
  return value ~= nil and value ~= false and value.kind == "call" and SPLITS[value.name] == true
end

-- Statements that define or drop something, and the parts of SQLAlchemy that say which table a statement is for.
local DEFINES = { "sqlalchemy.schema.**", "sqlalchemy.sql.ddl.**", "sqlalchemy.DDL", "sqlalchemy.sql.schema.**" }
local OF_TABLE = { "sqlalchemy.insert", "sqlalchemy.select", "sqlalchemy.update", "sqlalchemy.delete", "sqlalchemy.sql.expression.**", "sqlalchemy.dialects.**" }

-- Whether a statement is for the table that the loop is at.
local function is_for_table(statement, loop)
  if statement:is(DEFINES) then
    return true
  end
  local receiver = statement:receiver()
  local table = receiver and receiver.kind == "name" and (statement.name == "select" or statement.name == "insert" or statement.name == "delete" or statement.name == "update") and receiver
  if not table and statement:is(OF_TABLE) then
    table = statement:arg(1)
  end
  return table ~= nil and table ~= false and table.kind == "name" and loop:carries(table)
end

-- The text of a statement with holes where values are put in: `f"DELETE FROM {name}"`, `fmt.Sprintf("DELETE FROM %s", name)`.
local function text_of(statement)
  if statement.kind == "call" and statement.name == "Sprintf" then
    local form = statement:arg(1)
    local text = form and form:literal()
    return type(text) == "string" and text:gsub("%%[sqv]", "{}") or nil
  end
  if statement.kind == "call" and statement:fact("sql") then
    statement = statement:arg(tonumber(statement:fact("sql"))) or statement
  end
  local text = statement:literal()
  if type(text) == "string" then
    return text
  end
  return statement.kind == "binary" and statement:joined() or nil
end

-- Whether the one thing that differs from turn to turn is the table's name.
local function names_table(statement, loop)
  local text = loop:carries(statement) and text_of(statement)
  if not text or select(2, text:gsub("{}", "")) ~= 1 then
    return false
  end
  for _, one in statement.file:sql(text) do
    for _, tables in { one.reads, one.writes } do
      for _, table in tables do
        if table.kind == "hole" then
          return true
        end
      end
    end
  end
  return false
end

-- Whether each turn asks for another table: `for table in metadata.sorted_tables: connection.execute(table.select())`.
local function is_of_its_table(node, loop)
  for _, call in steps_of(node) do
    local statement = call:arg(1)
    if statement and (statement.kind == "call" and is_for_table(statement, loop) or names_table(statement, loop)) then
      return true
    end
  end
  return false
end

-- Whether a loop only counts how often it turns, and what it asks for goes on from the turn before: `for _ in range(most)`.
local function is_counting(loop)
  local over, target = loop.iter, loop.node:child("target")
  return over ~= nil and over.kind == "call" and over:is("builtins.range") and target ~= nil and target.text:match("^_+$") ~= nil
end

-- What lists the parts of a store: each turn then asks another of them, which no query does for several.
local CATALOGS = {
  list_collection_names = true, list_collections = true, collection_names = true, list_database_names = true, get_table_names = true, get_view_names = true, get_schema_names = true,
  listCollections = true, listDatabases = true, getTableNames = true, list_tables = true, list_datasets = true, ListCollectionNames = true, ListDatabaseNames = true,
}

local function is_over_catalog(loop)
  local over = loop.iter
  local value = over and over.kind == "name" and over:value() or over
  while value and value.kind == "await" do
    value = value:child("value")
  end
  if value and value.kind == "call" and value:is({ "builtins.sorted", "builtins.list", "builtins.set", "builtins.reversed", "builtins.enumerate" }) then
    value = value:arg(1)
  end
  return value ~= nil and value.kind == "call" and CATALOGS[value.name] == true
end

local function names_a_group(loop)
  local target = loop.node:child("target")
  local name = target and target.text:lower() or ""
  return name:find("batch") ~= nil or name:find("chunk") ~= nil or name == "page" or name:find("message") ~= nil or name:find("event") ~= nil
end

-- Whether control leaves the loop in the same go after `node`: nothing but the first item gets that far twice.
function M.leaves(node, loop)
  local at = node:statement()
  for _ = 1, 32 do
    if not at then
      return false
    end
    local block = at:parent()
    if not block then
      return false
    end
    local owner = block:parent()
    local in_function = owner and owner.kind == "function"
    if not in_function and owner then
      local statements = block:children()
      local last = statements[#statements]
      if last and (last.kind == "return" or last.kind == "break" or last.kind == "raise") then
        return true
      end
    end
    if not owner or owner:same(loop.node) then
      return false
    end
    if in_function then
      local call = owner:parent()
      if call and call:same(loop.node) then
        return false
      end
    end
    at = owner:statement()
  end
  return false
end

-- The loop that runs `node` once per item of some data, and whether the item decides what is asked for: row, carried.
-- `nil` where no loop does.
function M.item_loop(node)
  local whole = M.whole(node)
  local unrelated = nil
  for _, row in M.loops(node) do
    local loop = row.loop
    local kind = loop.kind
    local subject = row.at:same(node) and whole or row.at
    if kind == "chunk" or kind == "poll" or is_over_slices(loop) or is_over_parts(loop) then
      -- What is done per chunk is done per item of nothing; what a daemon repeats, it repeats over time.
      return unrelated, false
    elseif kind == "per-item" and not is_over_channel(loop) then
      if M.leaves(row.at, loop) or is_for_one(row.at, loop) or M.is_for_one_key(row.at, loop) or is_script(node, loop) or is_of_its_table(node, loop) or is_over_catalog(loop) then
        return nil, false
      elseif is_written_out(loop) or is_counting(loop) then
        continue
      end
      if loop:carries(subject) then
        return row, true
      end
      unrelated = unrelated or row
    elseif kind == "stream" and not names_a_group(loop) and is_over_rows(loop) then
      if M.leaves(row.at, loop) then
        return nil, false
      elseif carries_row(loop, subject) then
        return row, true
      end
      unrelated = unrelated or row
    end
  end
  return unrelated, false
end

-- Names that a body gives values which some first names lead to, those included.
local function led_to(body, names)
  for _, assign in body:descendants("assign") do
    local value = assign:child("value")
    local reads = false
    for _, name in value and (value.kind == "name" and { value } or value:descendants("name")) or {} do
      reads = reads or names[name.text] == true
    end
    for _, target in reads and assign:children("target") or {} do
      for _, name in target.kind == "name" and { target } or target:descendants("name") do
        names[name.text] = true
      end
    end
  end
  return names
end

local function mentions(node, names)
  for _, name in node.kind == "name" and { node } or node:descendants("name") do
    if names[name.text] then
      return true
    end
  end
  return false
end

-- A `while` around a node whose test only says whether there is something left, with the first name of that test.
local function open_loops(node)
  local all = {}
  for _, row in M.loops(node) do
    local loop = row.loop
    local test = loop.node.kind == "while" and (loop.kind == "unknown" or loop.kind == "per-item") and loop.node:child("test")
    local name = test and (test.kind == "name" and test or test:descendants("name")[1])
    -- `len(queue) > 0`: what is called is not what is looked at.
    if name and name:role() == "callee" then
      local call = name:parent()
      local arg = call and call:arg(1)
      name = arg and arg.kind == "name" and arg or nil
    end
    if name and loop.node:child("body") then
      table.insert(all, { row = row, name = name, body = loop.node:child("body") })
    end
  end
  return all
end

-- The loop that walks a chain of rows: `while (id) { row = find(id); id = row.parent }`. What the node reads says where it goes on, so
-- that each turn needs the one before.
function M.walk_loop(node)
  local whole = M.whole(node)
  for _, open in open_loops(node) do
    if mentions(whole, { [open.name.text] = true }) then
      local kept = {}
      for _, assign in open.body:descendants("assign") do
        local target = assign:child("target")
        if whole:is_within(assign) and target and not whole:is_within(target) then
          for _, name in target.kind == "name" and { target } or target:descendants("name") do
            kept[name.text] = true
          end
        end
      end
      if next(kept) and led_to(open.body, kept)[open.name.text] then
        return { loop = open.row.loop, at = open.row.at, walks = true }
      end
    end
  end
  return nil
end

local TAKES_ONE = { pop = true, shift = true, popleft = true, dequeue = true, poll = true, Pop = true, Dequeue = true, popitem = true }

-- The loop that works off a list in memory, which may grow meanwhile: `while (queue.length) { id = queue.shift(); ... }`.
function M.queue_loop(node)
  local whole = M.whole(node)
  for _, open in open_loops(node) do
    local taken = {}
    for _, assign in open.body:descendants("assign") do
      local value, target = assign:child("value"), assign:child("target")
      local from = nil
      if value and value.kind == "call" and TAKES_ONE[value.name] then
        from = value:receiver()
      elseif value and value.kind == "index" then
        from = value:child("value")
      end
      if from and from.kind == "name" and from.text == open.name.text and target then
        for _, name in target.kind == "name" and { target } or target:descendants("name") do
          taken[name.text] = true
        end
      end
    end
    taken[open.name.text] = nil
    if next(taken) then
      local names = led_to(open.body, taken)
      names[open.name.text] = nil
      if mentions(whole, names) then
        return { loop = { node = open.row.loop.node, iter = open.name, kind = "per-item" }, at = open.row.at, grows = true }
      end
    end
  end
  return nil
end

-- What a loop runs over, as it is written; nil where nothing says so.
function M.over(loop)
  local step = step_of(loop)
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
  return #text > 40 and text:sub(1, 37) .. "..." or text
end

-- How often the body of a loop runs, in words: "item of `rows`".
function M.each(loop)
  local over = M.over(loop)
  return over and `item of \`{over}\`` or "turn of this loop"
end

local ITERATING = { map = true, forEach = true, flatMap = true, filter = true, reduce = true, some = true, every = true, find = true }

-- The loop that a call is which runs a function it is handed by name once per item: `rows.map(load)`, `map(load, rows)`, or the
-- loop around a call that runs it elsewhere: `pool.submit(load, row)`.
function M.handed_loop(call)
  if ITERATING[call.name] then
    local receiver = call:receiver()
    if receiver and receiver.kind ~= "list" then
      return { loop = { node = call, iter = receiver, kind = "per-item" }, at = call }, true
    elseif not receiver and call.file.language == "python" then
      return { loop = { node = call, iter = call:arg(2), kind = "per-item" }, at = call }, true
    end
    return nil, false
  end
  if call:fact("role") then
    return nil, false
  end
  return M.item_loop(call)
end

-- What programs are made of that somebody runs by hand.
local COMMANDS = { "github.com/spf13/cobra", "github.com/urfave/cli**", "github.com/alecthomas/kong", "commander", "yargs", "typer", "click" }

-- Where the code of a file runs so that a loop in it counts: not in tests, one-off scripts, browsers.
function M.counts(node)
  if migration.runs(node) then
    return false
  end
  local reach = node:reach()
  if reach == "test" or reach == "script" then
    return false
  end
  if node.file.side == "browser" and reach ~= "request" and reach ~= "worker" then
    return false
  end
  if reach == "unknown" and node.file:imports(COMMANDS) then
    return false
  end
  local symbol = node:symbol():lower()
  for _, word in ONE_OFF do
    if symbol:find(word, 1, true) then
      return false
    end
  end
  return true
end

-- Whether what the items start is awaited together: `Promise.all(rows.map(...))`, `asyncio.gather(*[...])`, or a list of
-- promises that is.
function M.is_gathered(row)
  local loop = row.loop.node
  for _, outer in loop:argument_of() do
    if outer:fact("gathers") == "true" then
      return true
    end
  end
  local statement = loop:statement()
  local func = loop:func()
  if statement and statement.kind == "assign" and func then
    local target = statement:child("target")
    for _, call in func.node:descendants({ "call" }) do
      if target and target.kind == "name" and call:fact("gathers") == "true" then
        local argument = call:arg(1)
        if argument and argument.kind == "spread" then
          argument = argument:child("value")
        end
        if argument and argument.kind == "name" and argument.text == target.text then
          return true
        end
      end
    end
  end
  return false
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

-- Messages that a queue hands over: each is work in its own right.
function M.is_over_messages(loop)
  local over = loop.iter
  local text = over and over.source or ""
  return text:find("Records") ~= nil or text:lower():find("messages") ~= nil
end

-- What takes longer than a query, or must be noted down before the next item.
local LONG = { http = true, process = true, mail = true, sleep = true, compute = true, queue = true, storage = true, rpc = true }

-- Whether the body of a loop does more for an item than ask a store: calls a service, a bucket, a program.
function M.does_more(loop, access)
  local body = loop.node:child("body") or loop.node
  for _, call in body:descendants("call") do
    if not call:same(access) then
      for _, effect in call:effects() do
        if LONG[effect] then
          return true
        end
      end
    end
  end
  return false
end

local TAKING = { "lease", "claim", "acquire", "lock" }

-- Whether the body takes each item as work to be done by one process: what is asked then is what doing it costs.
function M.takes_work(loop)
  local body = loop.node:child("body")
  for _, call in body and body:descendants("call") or {} do
    local name = call.name:lower()
    for _, word in TAKING do
      if name:find("^" .. word) then
        return true
      end
    end
  end
  return false
end

-- Words for what a path calls: the last two of `@prisma/client.Delegate.findMany`.
function M.short(path)
  local words = {}
  for word in path:gsub("%(%)", ""):gmatch("[^%.]+") do
    table.insert(words, word)
  end
  if #words < 2 then
    return path
  end
  local first = words[#words - 1]:match("([^/]+)$") or words[#words - 1]
  return first .. "." .. words[#words]
end

return M
