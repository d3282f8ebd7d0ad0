-- Rows that a service fetches for their number or their sum alone.

local awaited = require("awaited")
local count_fix = require("count_fix")
local counted_rows = require("counted_rows")
local few_rows = require("few_rows")
local list_reads = require("list_reads")
local listing = require("listing")
local per_item = require("per_item")
local query_chain = require("query_chain")
local rows_into = require("rows_into")

-- Links that leave one row, a number, or a part.
local OTHERWISE = {
  count = true, exists = true, first = true, last = true, get = true, delete = true, update = true, aggregate = true, iterator = true, paginate = true, one = true, scalar = true, one_or_none = true,
  limit = true, take = true, scalar_one = true, countDocuments = true, Count = true, First = true, Scan = true, cursor = true, stream = true, union = true,
}

-- Links by which rows are locked until the transaction ends, which a number of them would not do.
local LOCKS = { select_for_update = true, with_for_update = true, forUpdate = true, forShare = true, forNoKeyUpdate = true, setLock = true }
local LOCKING = { "[Ff][Oo][Rr]%s+[Uu][Pp][Dd][Aa][Tt][Ee]", "[Ff][Oo][Rr]%s+[Ss][Hh][Aa][Rr][Ee]", "clause%.Locking" }

-- Whether a query locks its rows, by a link of it, by an option (`findAll({ lock: true, transaction })`), or in SQL.
local function is_locking(read, whole, func)
  for _, pattern in LOCKING do
    if whole.source:find(pattern) then
      return true
    end
  end
  for _, part in query_chain.of(read, func.node) do
    if LOCKS[part.name] or select(2, part.call:arg("lock")) == "given" then
      return true
    end
  end
  return false
end

-- Whether a link gives something else than the rows of the query that it is called on.
local function gives_otherwise(links)
  for _, call in links do
    local name = call.name
    if OTHERWISE[name] or name == "then" or name == "map" then
      return true
    end
  end
  return false
end

-- What stands around rows that may be counted: most are handed on or looked through, which is seen at once.
local COUNTABLE = { call = true, attr = true, clause = true, conditional = true, assign = true }

local function may_be_counted(whole)
  local parent = awaited.parent(whole)
  return parent ~= nil and COUNTABLE[parent.kind] == true
end

-- Rows that are asked for by a list of keys are as many as that has, and held against it; of groups there is one row each.
local FEW = { "in_%(", "__in%s*=", "%$in%f[^%w]", "%f[%w]ANY%s*%(", "%f[%w]IN%s*[%(:%$%%]", "[Gg][Rr][Oo][Uu][Pp]%s*_?[Bb]?[Yy]?%s*[:%(%s]", "%f[%w]in%s*:", "%.annotate%(" }

local function is_few(whole)
  for _, pattern in FEW do
    if whole.source:find(pattern) then
      return true
    end
  end
  return false
end

-- Go puts the rows into a variable: all that reads it behind the call must count.
local function counted_argument(read)
  local into = rows_into.of(read)
  local func = read:func()
  if not into or into.kind ~= "name" or not func then
    return nil
  end
  local first, what = nil, nil
  for _, name in func.node:descendants("name") do
    if name.text == into.text and name.id > into.id and name:role() ~= "target" then
      local place, how = counted_rows.purpose(name)
      if not place or place:enclosing({ "c-for", "for" }) then
        return nil
      end
      first, what = first or place, what or how
    end
  end
  return first, what
end

local CALL = { counted = "COUNT", ["added up"] = "SUM" }

-- Whether code of the project computes what looks like a column: a property of the model.
local function is_computed(column, repo)
  return column ~= nil and #repo:holding("**/*.py", { `def {column}(self` }) > 0
end

local function check_read(read, whole, report, repo)
  local place, what, column = nil, nil, nil
  if read:fact("lists") == "argument" then
    place, what = counted_argument(read)
  else
    place, what, column = counted_rows.of(whole)
  end
  local func = place and read:func()
  if not func or not per_item.counts(read) or is_few(whole) or is_computed(column, repo) or is_locking(read, whole, func) then
    return
  end
  local found = listing.judge(read, func.node)
  if not found or found.bound == "bound" or found.name and few_rows.named(found.name) then
    return
  end
  local rows = found.name and `rows of {found.name}` or "rows"
  report({
    at = read,
    message = `these {rows} are fetched to be {what}, and for nothing else: \`{CALL[what]}\` in the query brings one number instead`,
    confidence = read:reach() == "unknown" and "low" or "medium",
    related = not place:is_within(read) and place.line ~= read.line and { { at = place, message = `{what} here` } } or nil,
    notes = { what = what },
    fix = what == "counted" and count_fix.of(read, whole, place) or nil,
  })
end

local LINKS = { all = true, filter = true, exclude = true, order_by = true }

-- The relation of a row that a chain reads whole, by its name: `user.order_set.all()`; nil for anything else.
local function relation_of(node)
  local at = node
  while at and at.kind == "call" and LINKS[at.name] do
    at = at:receiver()
  end
  return at and at.kind == "attr" and not at:same(node) and at.text or nil
end

-- Whether a relation is a query each time that it is read: Django's reverse managers, and what SQLAlchemy calls `dynamic`. One that was fetched before is none.
local function is_query(name, repo)
  if #repo:holding("**/*.py", { `"{name}"`, `'{name}'` }) > 0 and name:find("_set$") then
    return false
  elseif name:find("_set$") then
    return true
  end
  for _, path in repo:holding("**/*.py", { "dynamic" }) do
    local file = repo:open(path)
    local text = file and file.text:gsub("%s+", " ") or ""
    local made = text:match("%f[%w_]" .. name .. " ?= ?[%w_.]*relationship(%b())")
    if made and made:find("dynamic", 1, true) then
      return true
    end
  end
  return false
end

local function check_relation(call, report, repo)
  local rows = call:arg(1)
  local is_chain = rows and rows.kind == "call" and rows.name == "all" and rows:fact("lists") == nil
  local name = is_chain and relation_of(rows)
  if not name or not per_item.counts(call) or not is_query(name, repo) then
    return
  end
  report({
    at = call,
    message = `these rows of {name} are fetched to be counted, and for nothing else: \`.count()\` brings one number instead`,
    confidence = "medium",
    notes = { what = "counted" },
  })
end

local function check_reads(file, matches, report, repo)
  local counting = file.language == "python" and counted_rows.functions(file) or nil
  if counting and next(counting) == nil then
    return
  end
  list_reads.begin(repo)
  -- Go's reads put their rows into an argument: what stands around the call says nothing of them.
  local is_go = file.language == "go"
  local seen = {}
  for _, match in matches do
    if match.matcher ~= "read" then
      break
    end
    local node = match.node
    local around = counting and node:enclosing("function")
    if counting and not (around and counting[around.id]) then
      continue
    end
    local after = node:chained()
    local whole = after[#after] or node
    if (is_go or may_be_counted(whole)) and not seen[whole.id] then
      seen[whole.id] = true
      if not gives_otherwise(after) then
        check_read(node, whole, report, repo)
      end
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    check_reads(file, matches, report, repo)
    -- Relations stand behind the reads.
    for at = #matches, 1, -1 do
      local match = matches[at]
      if match.matcher ~= "relation" then
        break
      end
      check_relation(match.node, report, repo)
    end
  end,
}
