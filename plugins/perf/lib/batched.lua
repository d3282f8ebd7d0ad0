-- The change that reads all items of a loop with one query in front of it. Only for shapes of Python that say what the key is:
-- Django's `get(pk=...)` becomes `in_bulk`, SQLAlchemy's `session.get` one `IN`, for the reader to finish.

local imports = require("imports")
local layout = require("layout")

local M = {}

-- The name that a key is read from: `order` of `order.product_id`.
local function root_of(node)
  while node and node.kind == "attr" do
    node = node:child("value")
  end
  return node and node.kind == "name" and node.text or nil
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
  if iter.kind ~= "name" and iter.kind ~= "attr" and iter.kind ~= "index" or value.kind == "call" or value.kind == "comprehension" and value.source:sub(1, 1) == "(" then
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

-- The read in `call` of Django, as key, query in front of the loop, and what stands in its place; nil for others.
local function django(call, keys_for)
  local receiver, args = call:receiver(), call:args()
  local is_get = call.name == "get" or call.name == "aget"
  if not is_get or not receiver or call:fact("orm") ~= "django" or #args ~= 1 or not receiver.source:match("^[%w_%.]+%.objects") then
    return nil
  end
  local key = call:arg("pk") or call:arg("id")
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

-- The fix for the one read `call` of the loop at `loop`; nil where its shape does not say how.
function M.fix(file, call, loop)
  if file.language ~= "python" or loop.kind ~= "for" or loop:has("async") then
    return nil
  end
  -- What is caught when one is missing would not be raised there any more.
  local try = call:enclosing({ "try" })
  if try and try:is_within(loop) then
    return nil
  end
  local function keys_for(key)
    return keys_of(loop, key)
  end
  local way = django(call, keys_for) or sqlalchemy(call, keys_for)
  if not way or file.text:find(way.name, 1, true) then
    return nil
  end
  local whole = call:is_awaited() and call:parent() or call
  local indent = layout.indent(file, loop.line)
  local edits = way.import or {}
  table.insert(edits, { before = loop, text = `{way.name} = {way.query}\n{indent}` })
  table.insert(edits, { at = whole, text = way.read })
  return { title = "read them all with one query in front of the loop", safety = way.safety, edits = edits }
end

return M
