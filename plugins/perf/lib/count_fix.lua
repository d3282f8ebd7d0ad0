-- The change by which a query brings the number of its rows, where it is asked for the rows only to count them.

local inlined = require("inlined")

local M = {}

-- What comes behind `from` in the source of a chain, up to its end.
local function behind(whole, from)
  local _, stop = from:bytes()
  local start = (whole:bytes())
  return whole.source:sub(stop - start + 2)
end

-- The text that asks for the number in place of a chain of Django, Tortoise or SQLAlchemy.
local function python(read, whole)
  local orm = read:fact("orm")
  local is_query = whole:is("sqlalchemy.orm.Query.all")
  if not is_query and orm ~= "django" and orm ~= "tortoise" then
    return nil
  end
  local bare = whole.source:match("^(.*)%.all%(%)$")
  if is_query and not bare or whole.name == "prefetch_related" then
    return nil
  end
  return (bare or whole.source) .. ".count()"
end

-- Options of `findMany` that `count` has as well.
local COUNTED = { where = true }

local function prisma(whole)
  local args = whole:args()
  for _, item in args[1] and args[1]:children("item") or {} do
    local key = item.source:match("^([%w_]+)%s*[:,]?")
    if not key or not COUNTED[key] then
      return nil
    end
  end
  if #args > 1 or args[1] and args[1].kind ~= "dict" then
    return nil
  end
  local callee = whole:child("callee")
  local base = callee and callee.source:match("^(.*)%.findMany$")
  return base and `{base}.count{behind(whole, callee)}`
end

-- Links of Mongoose that change how documents come, and not which.
local SHAPES = { lean = true, exec = true }

local function mongoose(read, whole)
  for _, link in (read:chained()) do
    if not SHAPES[link.name] then
      return nil
    end
  end
  local callee = read:child("callee")
  local base = callee and callee.source:match("^(.*)%.find$")
  if not base or #read:args() > 1 or not whole.source:find(read.source, 1, true) then
    return nil
  end
  return `{base}.countDocuments{behind(read, callee)}`
end

local function javascript(read, whole)
  if whole.name == "findMany" then
    return prisma(whole)
  elseif read.name == "find" and read:fact("store") == "mongo" then
    return mongoose(read, whole)
  end
  return nil
end

-- A place that counts what stands in it, `len(X)` or `(await X).length`: what is counted, with its `await`; nil for another form.
local function counted(place)
  if place.kind == "call" then
    local only = place:args()[1]
    local gone = only and place.source:sub(1, 4) == "len(" and #place:args() == 1 and place.source == `len({only.source})`
    return gone and only or nil
  end
  local on = place:child("value")
  return on
end

-- `place` is where the rows of `whole`, which `read` begins, are counted.
function M.of(read, whole, place)
  local is_python = place.file.language == "python"
  local text = if is_python then python(read, whole) else javascript(read, whole)
  local held = text and counted(place)
  if not held or place.file.path ~= whole.file.path then
    return nil
  end
  local edits = {}
  if held.kind == "name" then
    local use, removal = inlined.of(whole)
    if not use or not use:same(held) then
      return nil
    end
    table.insert(edits, removal)
  elseif not (held:same(whole) or held.kind == "await" and held:child("value"):same(whole)) then
    return nil
  end
  if whole:is_awaited() then
    text = "await " .. text
    local parent = place:parent()
    if not is_python and parent and (parent.kind == "attr" or parent.kind == "index") then
      text = `({text})`
    end
  elseif not is_python then
    return nil
  end
  table.insert(edits, { at = place, text = text })
  return { title = "ask the database for the number", safety = "unsafe", edits = edits }
end

return M
