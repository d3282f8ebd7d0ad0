-- The change that reads all items of a loop with one query in front of it. Only for shapes of Python that say what the key is:
-- Django's `get(pk=...)` becomes `in_bulk`, SQLAlchemy's `session.get` one `IN`, for the reader to finish.

local imports = require("imports")
local layout = require("layout")

local M = {}

-- Calls that return something which can be run over twice.
local LISTS = { list = true, sorted = true, set = true, tuple = true, all = true, fetchall = true }

-- Calls whose items are texts, or may be: a row's number is not found under a text.
local TEXTS = { "split", "rsplit", "splitlines", "getlist", "getall", "loads", "partition", "readlines", "lrange", "smembers" }
-- What a request holds is text as well.
local REQUESTS = { request = true, req = true }

-- The name that a key is read from: `order` of `order.product_id`.
local function root_of(node)
  while node and node.kind == "attr" do
    node = node:child("value")
  end
  return node and node.kind == "name" and node.text or nil
end

-- Whether the items of an expression may be texts: parts of a text, or what a request holds, unless each is made a number.
local function may_be_texts(value)
  if value.kind == "comprehension" then
    local item = value:child("value")
    if item and item.kind == "call" and item.name == "int" then
      return false
    end
  end
  if #value:descendants("call", TEXTS) > 0 or value.kind == "call" and table.find(TEXTS, value.name) then
    return true
  end
  for _, name in value:descendants("name") do
    if REQUESTS[name.text] then
      return true
    end
  end
  return false
end

-- Whether a name is a parameter of which is said that it holds texts: `ids: list[str]`.
local function is_of_texts(name)
  local at, func = name:param_position(), name:func()
  local param = at and func and func.params[at]
  return param ~= nil and param ~= false and param.source:find("%f[%w]str%f[%W]") ~= nil
end

-- `ShopOrder` as `shop_orders_by_id`.
local function name_for(model)
  local word = model:match("[%w_]+$")
  if not word then
    return nil
  end
  word = word:gsub("(%l)(%u)", "%1_%2"):lower()
  return (word:match("s$") and word or word .. "s") .. "_by_id"
end

-- The keys of all items, as an expression.
local function keys_of(loop, key)
  local target, iter = loop:child("target"), loop:child("iter")
  if not target or not iter or target.kind ~= "name" or root_of(key) ~= target.text then
    return nil
  end
  -- What is made by a call, or drawn from a generator, would be run or drawn twice.
  local value = iter.kind == "name" and iter:value() or iter
  if iter.kind ~= "name" and iter.kind ~= "attr" and iter.kind ~= "index" or value.kind == "call" and not LISTS[value.name] or value.kind == "comprehension" and value.source:sub(1, 1) == "(" then
    return nil
  end
  if key.kind == "name" and (may_be_texts(value) or iter.kind == "name" and is_of_texts(iter)) then
    return nil
  end
  for _, assign in loop:child("body"):descendants("assign") do
    local bound = assign:child("target")
    if bound and bound.text == target.text then
      return nil
    end
  end
  return key.kind == "name" and iter.source or `[{key.source} for {target.text} in {iter.source}]`
end

-- An argument that is written out: behind `**lookup` there is none to read by.
local function named(call, name)
  local value, state = call:arg(name)
  return state == "given" and value or nil
end

-- The read in `call` of Django, as key, query in front of the loop, and what stands in its place; nil for others.
local function django(call, keys_for)
  local receiver, args = call:receiver(), call:args()
  local is_get = call.name == "get" or call.name == "aget"
  if not is_get or not receiver or call:fact("orm") ~= "django" or #args ~= 1 or not receiver.source:match("^[%w_%.]+%.objects") then
    return nil
  end
  local key = named(call, "pk") or named(call, "id")
  local name, keys = name_for(receiver.source:match("^([%w_%.]-)%.objects")), key and keys_for(key)
  if not name or not keys then
    return nil
  end
  local query = call.name == "aget" and `await {receiver.source}.ain_bulk({keys})` or `{receiver.source}.in_bulk({keys})`
  return { name = name, query = query, read = `{name}[{key.source}]`, safety = "unsafe" }
end

local function sqlalchemy(call, keys_for)
  local receiver, model, key = call:receiver(), call:arg(1), call:arg(2)
  local is_session = call:is({ "sqlalchemy.orm.Session.get", "sqlalchemy.ext.asyncio.AsyncSession.get", "sqlmodel.Session.get" })
  if not is_session or not receiver or not key or #call:args() ~= 2 or not model.source:match("^[%w_%.]+$") then
    return nil
  end
  local name, keys = name_for(model.source), keys_for(key)
  local import = imports.edits(call.file, "sqlalchemy", "select")
  if not name or not keys or not import then
    return nil
  end
  local rows = `{receiver.source}.scalars(select({model.source}).where({model.source}.id.in_({keys})))`
  rows = call:is_awaited() and `await {rows}` or rows
  return { name = name, query = `\{row.id: row for row in {rows}\}`, read = `{name}.get({key.source})`, safety = "shown-only", import = import }
end

-- `User.query.get(id)`, `session.query(User).filter(User.id == id).first()`.
local function query(whole, keys_for)
  local filter, key, column = whole:receiver(), nil, nil
  if whole.name == "get" and #whole:args() == 1 then
    filter, key, column = whole, whole:arg(1), "id"
  elseif (whole.name == "first" or whole.name == "one_or_none") and #whole:args() == 0 and filter and filter.kind == "call" and #filter:args() == 1 then
    local test = filter:arg(1)
    if filter.name == "filter_by" then
      key, column = named(filter, "id"), "id"
    elseif filter.name == "filter" and test and test.kind == "compare" and test.text == "==" then
      local left, right = table.unpack(test:children())
      key, column = right, left.kind == "attr" and left.text == "id" and "id" or nil
    end
  end
  local base = filter and filter.kind == "call" and filter:receiver()
  local model = base and (base.source:match("^([%w_%.]+)%.query$") or base.source:match("%.query%(([%w_%.]+)%)$"))
  local name, keys = model and name_for(model), key and column and keys_for(key)
  if not name or not keys then
    return nil
  end
  local rows = `{base.source}.filter({model}.id.in_({keys}))`
  return { name = name, query = `\{row.id: row for row in {rows}\}`, read = `{name}.get({key.source})`, safety = "shown-only" }
end

-- The fix for the one read of the loop at `loop`, the call with what is chained on it; nil where its shape does not say how.
function M.fix(file, whole, loop)
  if file.language ~= "python" or loop.kind ~= "for" or loop:has("async") then
    return nil
  end
  -- What is caught when one is missing would not be raised there any more.
  local try = whole:enclosing({ "try" })
  if try and try:is_within(loop) then
    return nil
  end
  local function keys_for(key)
    return keys_of(loop, key)
  end
  local way = django(whole, keys_for) or sqlalchemy(whole, keys_for) or query(whole, keys_for)
  if not way or file.text:find(way.name, 1, true) then
    return nil
  end
  local read = whole:is_awaited() and whole:parent() or whole
  local indent = layout.indent(file, loop.line)
  local edits = way.import or {}
  table.insert(edits, { before = loop, text = `{way.name} = {way.query}\n{indent}` })
  table.insert(edits, { at = read, text = way.read })
  return { title = "read them all with one query in front of the loop", safety = way.safety, edits = edits }
end

return M
