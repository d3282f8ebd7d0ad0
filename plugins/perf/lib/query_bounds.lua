-- What bounds how many rows a query gives: links of its chain, arguments of the read, what is done with the variable that holds it.

local go_limited_builders = require("go_limited_builders")
local lower = require("words").lower
local model_modifiers = require("model_modifiers")
local optional_limits = require("optional_limits")
local optional_parts = require("optional_parts")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Links of a query's chain that bound it, and arguments that do.
local BOUNDS = set(
  "limit", "Limit", "take", "first", "First", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "top", "paginate", "Paginate", "page", "per_page",
  "fetchmany", "head", "slice", "range", "findOne", "FindOne", "count", "aggregate", "exists", "latest", "earliest", "last", "get_or_none", "fetchone", "limitToLast", "islice", "iterator", "executeTakeFirst", "executeTakeFirstOrThrow", "findById", "findByIds", "findByPk", "countDistinct", "resultSize",
  "first_or_404", "one_or_404", "get_or_404", "firstOrFail", "first_or_none", "first_or_error"
)
local BOUND_ARGUMENTS = { "limit", "take", "Limit", "first", "top", "page_size", "pageSize", "max_results", "per_page", "perPage", "size", "LIMIT" }
-- Links that make a write of a chain.
local WRITES = set(
  "insert", "update", "delete", "del", "deleteMany", "updateMany", "remove", "bulk_create", "bulk_update", "increment", "decrement", "upsert", "truncate",
  "insertAndFetch", "insertGraph", "insertGraphAndFetch", "upsertGraph", "upsertGraphAndFetch", "patch", "patchAndFetch", "patchAndFetchById", "updateAndFetch", "updateAndFetchById", "deleteById", "relate", "unrelate"
)

-- Whether a promise of rows goes on with the first of them: `.then((rows) => rows[0])`, `.then(([row]) => row)`.
local function takes_first_row(call, name)
  local func = name == "then" and call:arg(1)
  if not func or func.kind ~= "function" then
    return false
  end
  local param, body = func:children("param")[1], func:child("body")
  for _, gives in body and (body.kind == "block" and body:descendants("return") or { body }) or {} do
    local value = gives.kind == "return" and gives:child("value") or gives
    while value and value.kind == "attr" do
      value = value:child("value")
    end
    local at, on = value and value.kind == "index" and value:child("index"), value and value.kind == "index" and value:child("value")
    if param and at and at.kind == "num" and on and on.text == param.text then
      return true
    end
  end
  return param ~= nil and param.source:find("^%[[%s%w_]*%]$") ~= nil
end

-- Whether the other branch of the same `if` was seen to bound as well.
local function is_in_both(call, sides)
  local branch = call:enclosing({ "if", "function" })
  local other = branch and branch.kind == "if" and branch:child("else")
  if not other then
    return false
  end
  local side = call:is_within(other) and "else" or "body"
  local seen = sides[branch.id] or {}
  seen[side] = true
  sides[branch.id] = seen
  return seen.body and seen["else"] or false
end

-- Whether the names of links speak of pages: there are few, and each comes up again and again.
local paging = {}

local function is_paging(name)
  local is = paging[name]
  if is == nil then
    is = lower(name):find("paginat", 1, true) ~= nil
    paging[name] = is
  end
  return is
end

-- "none", "optional" (only when the caller asks) or "bound"; second, the limit that a caller may leave out.
function M.bound_of(read, query)
  local found, limit = "none", nil
  local sides = {}
  local limited_by = read:fact("limited_by")
  local names = limited_by and { limited_by, unpack(BOUND_ARGUMENTS) } or BOUND_ARGUMENTS
  -- What a function of the project is handed, its own query says.
  for _, name in read:fact("lists") == nil and #read:callees() > 0 and {} or names do
    local value, state = read:arg(name)
    if state == "hidden" then
      -- Options that are spread into each other under a condition are seen.
      local options = read:arg(1)
      local said = options and options.kind == "dict" and optional_parts.state_of(options, name) or "hidden"
      if said == "hidden" or said == "given" then
        return "bound"
      end
      found = said == "optional" and "optional" or found
    elseif state == "given" then
      local literal, known = value:literal()
      if known and literal == nil then
        continue
      end
      local said = known and "bound" or optional_limits.bound_by(value)
      if said == "bound" then
        return "bound"
      end
      found, limit = said == "optional" and said or found, value
    end
  end
  for _, part in query do
    local call, name = part.call, part.name
    if part.is_aside then
      continue
    elseif WRITES[name] then
      return "bound"
    end
    if BOUNDS[name] or name == "get" and call:fact("orm") or is_paging(name) or takes_first_row(call, name) or name == "modify" and model_modifiers.bounds(call) or go_limited_builders.bounds(call) then
      if not part.is_optional or is_in_both(call, sides) or go_limited_builders.is_always_given(call) then
        return "bound"
      end
      found = "optional"
    end
  end
  return found, limit
end

-- Bounds that ask a question of their own, and leave the query as it was for the next.
local ANSWERS_ONE = set("first", "First", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "findOne", "FindOne", "count", "aggregate", "exists", "latest", "earliest", "last", "get_or_none", "fetchone", "first_or_404", "one_or_404", "get_or_404", "firstOrFail")

-- Whether something takes what a variable holds otherwise than by such a question.
local function is_read_else(taker, call, scope)
  for _, name in scope:descendants("name") do
    if name.text == taker and name.id > call.id and name:role() ~= "target" then
      local link = name:parent()
      local asked = link and link.kind == "attr" and link:parent()
      if not asked or asked.kind ~= "call" or not BOUNDS[asked.name] then
        return true
      end
    end
  end
  return false
end

-- Whether something runs the builder in a variable before a call refines it.
local function is_asked_before(taker, read, call, scope)
  for _, name in scope:descendants("name") do
    local link = name:parent()
    if name.text == taker and name.id > read.id and name.id < call.id and name:role() ~= "target" and not name:is_within(call) and link and link.kind ~= "attr" and link.kind ~= "index" then
      return true
    end
  end
  return false
end

-- Whether every place that runs the builder in a variable bounds it there: `let query = db("orders"); query = query.where(...); await query.limit(20)`.
function M.is_bounded_later(read, scope)
  local after = read:chained()
  local assign = (after[#after] or read):parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  if not target or target.kind ~= "name" then
    return false
  end
  -- A builder of knex changes where it is refined, whatever runs it then: `query.count("*"); const [row] = await query`.
  for _, part in read:fact("orm") == "knex" and query_chain.later(read, scope) or {} do
    local around = part.call:parent()
    if BOUNDS[part.name] and not part.is_optional and around and around.kind == "expr-stmt" and not is_asked_before(target.text, read, part.call, scope) then
      return true
    end
  end
  local found = false
  for _, name in scope:descendants("name") do
    if name.text == target.text and name.id > read.id and name:role() ~= "target" then
      local link = name:parent()
      local call = link and link.kind == "attr" and link:parent()
      if not call or call.kind ~= "call" then
        return false
      end
      local chain = { call, unpack((call:chained())) }
      local is_bound = false
      for _, one in chain do
        is_bound = is_bound or BOUNDS[one.name] == true
      end
      local around = chain[#chain]:parent()
      local into = around and around.kind == "assign" and around:child("target")
      local is_refining = around and (around.kind == "expr-stmt" or into and into.kind == "name" and into.text == target.text)
      if not is_bound and not is_refining then
        return false
      end
      found = found or is_bound
    end
  end
  return found
end

-- Whether the caller bounds the query that a function gives it: `orders_of(owner).limit(20)`, also by way of a variable.
function M.is_cut(call, scope)
  for _, link in call:chained() do
    if BOUNDS[link.name] then
      return true
    end
  end
  local taker = query_chain.taker(call)
  for _, refining in taker and query_chain.called_on(scope)[taker] or {} do
    if BOUNDS[refining.name] and refining.line > call.line and (not ANSWERS_ONE[refining.name] or query_chain.refines(refining, scope) or not is_read_else(taker, call, scope)) then
      local branch = refining:enclosing({ "if", "function" })
      if not branch or branch.kind ~= "if" or call:is_within(branch) then
        return true
      end
    end
  end
  return false
end

return M
