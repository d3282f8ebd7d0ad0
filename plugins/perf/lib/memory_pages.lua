-- Pages that are cut out in memory: a call brings all rows, and the page that was asked for is a slice of them, `rows[start:end]`.

local database_effects = require("database_effects")
local leaving = require("leaving")
local listing = require("listing")
local query_bounds = require("query_bounds")
local query_chain = require("query_chain")
local rows_into = require("rows_into")
local words = require("words")

local M = {}

-- Words of the numbers that say which page is wanted.
local PAGE = words.set("page", "pages", "offset", "skip", "limit", "perpage", "start", "end", "begin", "from", "to", "size", "per", "take", "top", "first", "last", "stop")
-- Those that nobody uses for anything else.
local SURE = words.set("page", "offset", "skip", "limit", "perpage", "pagesize", "take")

local function has_word(text, set)
  for _, word in words.of(text) do
    if set[word] then
      return true
    end
  end
  return set[words.lower(text)] or false
end

local function names_in(node)
  local all = node:descendants("name")
  if node.kind == "name" then
    table.insert(all, node)
  end
  for _, attr in node:descendants("attr") do
    table.insert(all, attr)
  end
  if node.kind == "attr" then
    table.insert(all, node)
  end
  return all
end

-- The names that bounds of a slice are worked out of, one assignment back.
local function behind(node, scope)
  local all = {}
  for _, name in names_in(node) do
    table.insert(all, name)
    local assigns = name.kind == "name" and query_chain.assigned(scope)[name.text] or {}
    for _, inner in #assigns > 0 and #assigns <= 2 and assigns[1]:child("value") and names_in(assigns[1]:child("value")) or {} do
      table.insert(all, inner)
    end
  end
  return all
end

-- Whether two bounds are those of a page: both are worked out, of what is called so.
local function are_of_page(lower, upper, scope)
  if not lower or not upper or lower.kind == "num" or upper.kind == "num" then
    return false
  end
  local sure, all = false, true
  for _, bound in { lower, upper } do
    local is_named = false
    for _, name in behind(bound, scope) do
      is_named = is_named or has_word(name.text, PAGE)
      sure = sure or has_word(name.text, SURE)
    end
    all = all and is_named
  end
  return sure and all
end

-- The slice of a page that stands around a name; nil where none does.
local function slice_around(name, scope)
  local parent = name:parent()
  if not parent then
    return nil
  elseif parent.kind == "index" and name:role() == "value" then
    local slice = parent:child("index")
    local bounds = {}
    for _, bound in slice and slice.kind == "slice" and slice:children() or {} do
      bounds[bound:role()] = bound
    end
    local is_page = are_of_page(bounds.lower, bounds.upper, scope)
    return is_page and parent or nil
  elseif parent.kind == "attr" and parent.text == "slice" and name.file.language ~= "python" then
    local call = parent:parent()
    local is_page = call and call.kind == "call" and #call:args() == 2 and are_of_page(call:arg(1), call:arg(2), scope)
    return is_page and call or nil
  end
  return nil
end

-- Whether a function cuts anything.
function M.are_in(func)
  return #func:descendants("slice") > 0 or func.file.language ~= "python" and #func:descendants("call", "slice") > 0
end

-- Whether a call is told which page is wanted.
local function is_told(call)
  for _, argument in call:args() do
    for _, name in names_in(argument) do
      if has_word(name.text, SURE) then
        return true
      end
    end
    if argument.kind == "kw-arg" and has_word(argument.text, SURE) then
      return true
    end
  end
  return false
end

-- The same of the rows that Go's reads put into a variable: `db.Find(&orders)`, then `orders[start:end]`.
local function cut_of_argument(call, within)
  local into = rows_into.of(call)
  for _, name in into and into.kind == "name" and within:descendants("name", into.text) or {} do
    local slice = name.id > into.id and slice_around(name, within)
    if slice and #slice:loops() == 0 then
      return slice
    end
  end
  return nil
end

-- Where the page is cut out of what a call gives; nil where none is, or where the call itself may give that page.
function M.cut(call, within)
  if is_told(call) or #call:loops() > 0 then
    return nil
  elseif call:fact("lists") == "argument" then
    return cut_of_argument(call, within)
  end
  local after = call:chained()
  for _, one in (after[#after] or call):uses(within) do
    local slice = (one.node.kind == "name" or one.node:same(one.top)) and slice_around(one.node, within)
    if slice and #slice:loops() == 0 then
      return slice
    end
  end
  return nil
end

-- Whether a read gives its rows where it stands: a query of Python's ORMs that is cut says so to the database.
local function holds_rows(read)
  local lists = read:fact("lists")
  return lists == "rows" or lists == "argument" or lists == "builder" and read.file.language ~= "python"
end

local function is_unbounded(read, scope)
  return query_bounds.bound_of(read, query_chain.of(read, scope)) ~= "bound"
end

-- The read whose rows a function of the project gives back, nothing bounding them; nil where none is seen.
local function read_behind(func, depth)
  local node = func.node
  for _, call in node:descendants("call") do
    if call:fact("lists") then
      if holds_rows(call) and is_unbounded(call, node) and leaving.leaves(call, node, false, node.file.language) then
        return call
      end
    elseif depth > 0 and leaving.leaves(call, node, false, node.file.language, leaving.SHALLOW) then
      for _, callee in call:callees() do
        local read = read_behind(callee, depth - 1)
        if read then
          return read
        end
      end
    end
  end
  return nil
end

-- Words with which methods begin that give what they read.
local ASKS = words.set("get", "list", "fetch", "find", "all", "load", "read", "query", "select")

-- Whether a call is none of a library, as far as that is known.
local function is_of_project(call)
  for _, path in call:target() do
    if path:sub(1, 1) ~= "%" and not path:find(":", 1, true) then
      return false
    end
  end
  return true
end

-- Whether something is asked that is not seen from here, as a store is that was put together elsewhere: `await this.store.getAllForUser(id)`. What libraries give
-- is theirs to cut.
local function asks_unseen(call)
  return call.file.language ~= "python" and call.file.language ~= "go" and call:is_awaited() and ASKS[words.first(call.name)] and call:receiver() ~= nil and #call:callees() == 0 and is_of_project(call)
end

-- The read whose rows a call brings, where a page is cut out of them: {read, at}; nil where it is not so.
function M.of(call, within)
  if call:fact("lists") then
    local at = holds_rows(call) and M.cut(call, within)
    return at and is_unbounded(call, within) and { read = call, at = at } or nil
  elseif asks_unseen(call) then
    local at = M.cut(call, within)
    return at and { read = call, at = at, is_unseen = true } or nil
  elseif not database_effects.reads(call) then
    return nil
  end
  local at = M.cut(call, within)
  for _, callee in at and call:callees() or {} do
    local read = read_behind(callee, 1)
    if read then
      return { read = read, at = at }
    end
  end
  return nil
end

-- The same as `listing.judge` has it, for an endpoint that answers with the page.
function M.found(call, within)
  local page = M.of(call, within)
  if not page then
    return nil
  end
  local scope = page.read:func() and page.read:func().node or within
  local found = not page.is_unseen and listing.judge(page.read, scope) or nil
  if not found then
    if page.read:same(call) and not page.is_unseen then
      -- A statement with a bound of its own, or one row.
      return nil
    end
    found = { read = page.read, filter = "none", bound = "none", name = listing.name_of(page.read, scope), lists = "rows", query = {} }
  end
  found.cut = page.at
  return found
end

return M
