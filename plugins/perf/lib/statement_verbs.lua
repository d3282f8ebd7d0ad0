-- What a statement does that a call is given to execute: written as text, built by calls, or handed on by who calls the function around.

local M = {}

local READING_WORDS = { "select", "with", "show", "explain", "values" }
local WRITING_WORDS = { "insert", "update", "delete", "replace", "merge", "upsert", "truncate", "call" }

local function has(list, word)
  for _, one in list do
    if one == word then
      return true
    end
  end
  return false
end

-- Whether a value holds many rows: a list, or a name that was given one.
local function is_many(node)
  if node.kind == "kw-arg" then
    node = node:child("value") or node
  end
  if node.kind == "name" then
    node = node:value() or node
  end
  return node.kind == "list" or node.kind == "comprehension" or (node.kind == "call" and node.name == "list")
end

-- What a name was given last on the way to where it stands: of `query = "DELETE ..."`, `execute(query=query)`, `query = "SELECT ..."` the first.
local function given_before(name)
  local at = name:statement()
  for _ = 1, 8 do
    local block = at and at:parent()
    local found = nil
    for _, before in block and block:children() or {} do
      if before:same(at) then
        break
      end
      local target = before.kind == "assign" and before:child("target")
      found = target and target.kind == "name" and target.text == name.text and before:child("value") or found
    end
    local owner = block and block:parent()
    if found or not owner or owner.kind == "function" then
      return found
    end
    at = owner:statement()
  end
  return nil
end

-- The value that a name holds where it stands.
local function value_of(name)
  return name:value() or name.file.language == "python" and not name:param_position() and given_before(name) or nil
end

-- What a statement that is built by calls does: the verb, its word, and whether it takes many rows at once:
-- `insert(Order).values(...)`, `text("INSERT ...")`.
local function built_verb(call, arg)
  if arg.kind == "name" then
    arg = value_of(arg) or arg
  end
  if arg.kind ~= "call" then
    return nil
  end
  local _, before = arg:chained()
  local word, many = nil, false
  for _, part in { arg, unpack(before) } do
    word = word or part:fact("builds")
    for _, value in part.name == "values" and part:args() or {} do
      many = many or is_many(value)
    end
  end
  if not word then
    return nil
  end
  local rows = call:arg(2)
  rows = rows or call:arg("values")
  return "write", word, many or (rows ~= nil and is_many(rows))
end

-- What a statement is called where a call takes it by name: `database.execute(query=query, values=rows)`.
local NAMES = { "query", "statement", "sql", "stmt", "clause", "operation" }

-- Where a call may be given its statement: the first arguments, or one by name.
local function places_of(call)
  local all = {}
  for at = 1, 3 do
    local given = call:arg(at)
    if not given then
      break
    end
    table.insert(all, given)
  end
  for _, name in #all == 0 and call.file.language == "python" and NAMES or {} do
    local given = call:arg(name)
    if given then
      table.insert(all, given)
    end
  end
  return all
end

-- The text in what psycopg builds of it: `sql.SQL("INSERT INTO {} ...").format(table)`.
local function composed(arg)
  local made = arg.kind == "name" and value_of(arg) or arg
  local on = made.kind == "call" and made.name == "format" and made:receiver() or made
  return on.kind == "call" and on:is({ "psycopg2.sql.SQL", "psycopg.sql.SQL" }) and on:arg(1) or nil
end

-- "read" or "write" where a statement stands in the first arguments of a call, with its word and whether it takes many rows;
-- nil where none does, or it says neither.
local function statement_verb(call)
  for _, arg in places_of(call) do
    local verb, built, takes_many = built_verb(call, arg)
    if verb then
      return verb, built, takes_many
    end
    local text_within = call.file.language == "python" and composed(arg)
    if text_within then
      arg = text_within
    elseif arg.kind == "name" then
      local value = value_of(arg)
      local is_said = value and (value.kind == "call" and value.name == "text" or not arg:value())
      arg = is_said and value or arg
    end
    local joins = false
    for _, part in arg:descendants("call") do
      joins = joins or part.name == "join"
    end
    if arg.kind == "call" and arg.name == "text" then
      arg = arg:arg(1) or arg
    end
    local text, known = arg:literal()
    if not known then
      text = arg:joined()
    end
    if type(text) == "string" then
      local word = text:lower():match("^[%s%(]*(%a+)")
      if word and has(READING_WORDS, word) then
        return "read"
      elseif word and has(WRITING_WORDS, word) then
        return "write", word, joins and word == "insert"
      end
    end
  end
  return nil
end

-- What a statement says that a helper is handed to execute: `self.run(delete(Order).where(...))`, whose `run` does `session.execute(statement)`; nil where
-- the helper has one of its own.
local function handed_verb(leaf, hops)
  local given = leaf:fact("store") == "sql" and places_of(leaf)[1]
  local at = #hops - 1
  while given and given.kind == "name" and given:param_position() and at >= 1 do
    local call = hops[at].node
    local func, position = given:func(), given:param_position()
    local param = call and func and func.params[position]
    if not param then
      return nil
    end
    local class = func.node:enclosing({ "class", "function" })
    local before = class and class.kind == "class" and call:receiver() and 1 or 0
    local verb, word, many = statement_verb(call)
    if verb then
      return verb, word, many
    end
    given, at = call:arg(param.text) or call:arg(position - before), at - 1
  end
  return nil
end

M.of = statement_verb
M.handed = handed_verb

return M
