-- Which columns of which tables a statement of SQL finds rows by: those that it compares with values, and those of tables that are joined to what is filtered so,
-- as in `FROM comments c JOIN articles a ON c.article_id = a.id AND a.slug = $1`. Each query in brackets is a scope of its own; columns of the one around
-- it are values there.

local set = require("words").set

local M = {}

-- A name without its schema and quotes, in small letters.
function M.bare(name)
  return (name:gsub('["`%[%]]', ""):match("([^%.]+)$") or name):lower()
end

-- Words behind a table that are no alias of it.
local NO_ALIAS = set(
  "where", "on", "inner", "left", "right", "full", "cross", "join", "natural", "order", "group", "limit", "set", "using", "union", "having", "returning", "as", "for", "offset", "fetch", "window", "lateral", "outer", "tablesample", "values", "select", "except", "intersect", "with", "and", "force", "use", "final"
)
local CLAUSES = { "GROUP%s+BY", "ORDER%s+BY", "HAVING", "LIMIT", "OFFSET", "RETURNING", "UNION", "WINDOW", "FETCH", "FOR%s+UPDATE", "EXCEPT", "INTERSECT", "ON%s+CONFLICT", "ON%s+DUPLICATE" }

-- Text without what stands in quotes and comments, which may hold any word.
local function without_texts(text)
  return (text:gsub("%-%-[^\n]*", " "):gsub("/%*.-%*/", " "):gsub("'[^']*'", "''"))
end

-- Takes the queries in brackets out of a text; what is left has a sign for each.
local function scopes_of(text, all, depth)
  local left = text:gsub("%b()", function(inner)
    local within = inner:sub(2, -2)
    if depth > 6 then
      return "(?)"
    elseif within:find("^%s*[Ss][Ee][Ll][Ee][Cc][Tt]%f[^%w_]") then
      scopes_of(within, all, depth + 1)
      return " :subquery "
    end
    return "(" .. scopes_of(within, all, depth + 1) .. ")"
  end)
  if depth == 0 or text:find("^%s*[Ss][Ee][Ll][Ee][Cc][Tt]%f[^%w_]") then
    table.insert(all, left)
  end
  return left
end

-- The tables of a scope by the names that it gives them; second, how many there are.
local function tables_of(text)
  local by_alias, count = {}, 0
  local function add(name, rest)
    local alias = rest:match("^%s+[Aa][Ss]%s+([%a_][%w_]*)") or rest:match("^%s+([%a_][%w_]*)")
    local table_ = M.bare(name)
    if alias and not NO_ALIAS[alias:lower()] then
      by_alias[alias:lower()] = table_
    else
      by_alias[table_] = table_
    end
    count += 1
  end
  for word, at in text:gmatch("%f[%w_](%a+)%s+()") do
    local upper = word:upper()
    if upper == "FROM" or upper == "JOIN" or upper == "UPDATE" then
      local rest = text:sub(at)
      -- `FROM orders o, lines l`
      while true do
        local name, behind = rest:match("^[Oo][Nn][Ll][Yy]%s+([%w_%.\"`]+)()")
        if not name then
          name, behind = rest:match("^([%a_\"`][%w_%.\"`]*)()")
        end
        if not name or rest:sub(behind, behind) == "(" then
          break
        end
        add(name, rest:sub(behind))
        local more = upper == "FROM" and rest:match("^[%s%w_]*,%s*()", behind)
        if not more or rest:sub(behind, more):upper():find("%f[%w_]WHERE%f[^%w_]") or rest:sub(behind, more):upper():find("%f[%w_]JOIN%f[^%w_]") then
          break
        end
        rest = rest:sub(more)
      end
    end
  end
  return by_alias, count
end

-- The conditions of a scope that hold together, as texts: those of WHERE and of each ON; nothing of one with an OR.
local function conditions_of(text)
  local all, written = {}, text:upper()
  local stop = #text
  for _, clause in CLAUSES do
    local at = written:find(`%f[%w_]{clause}%f[^%w_]`)
    stop = at and math.min(stop, at - 1) or stop
  end
  local cut = text:sub(1, stop)
  local function take(part)
    -- The words of the next join end a condition.
    local next_join = part:upper():find("%f[%w_][INLERFTGHUCOSA]*%s*%f[%w_]JOIN%f[^%w_]")
    part = next_join and part:sub(1, next_join - 1) or part
    if part:upper():find("%f[%w_]OR%f[^%w_]") then
      -- What stands beside an OR in brackets of its own holds all the same.
      part = part:gsub("%b()", function(inner)
        return inner:upper():find("%f[%w_]OR%f[^%w_]") and "(?)" or inner
      end)
      if part:upper():find("%f[%w_]OR%f[^%w_]") then
        return
      end
    end
    for piece in (part:gsub("[%(%)]", " "):gsub("%f[%w_][Aa][Nn][Dd]%f[^%w_]", "\0") .. "\0"):gmatch("([^%z]*)%z") do
      table.insert(all, piece)
    end
  end
  local where = cut:upper():find("%f[%w_]WHERE%f[^%w_]")
  local head = where and cut:sub(1, where - 1) or cut
  if where then
    take(cut:sub(where + 5))
  end
  local at = 1
  while true do
    local first, last = head:upper():find("%f[%w_]ON%f[^%w_]", at)
    if not first then
      break
    end
    local stop = head:upper():find("%f[%w_]ON%f[^%w_]", last + 1)
    take(head:sub(last + 1, stop and stop - 1 or nil))
    at = last + 1
  end
  return all
end

-- One side of a comparison: the name that stands before a column, and the column; nil for a value.
local function side_of(text)
  local owner, column = text:match('^%s*"?([%a_][%w_]*)"?%."?([%a_][%w_]*)"?%s*$')
  if owner then
    return owner:lower(), column:lower()
  end
  column = text:match('^%s*"?([%a_][%w_]*)"?%s*$')
  local small = column and column:lower()
  if not small or small == "true" or small == "false" or small == "null" or small == "current_date" or small == "current_timestamp" then
    return nil
  end
  return "", small
end

-- What a scope asks: its tables by their names there, the columns that are compared with values by table, and the joins {alias, column, other}.
local function read_scope(text, known)
  local by_alias, count = tables_of(text)
  local only = count == 1 and next(by_alias) or nil
  local values, joins, fixed = {}, {}, {}
  local function owner_of(owner, column)
    if owner == "" then
      if only and (not known(by_alias[only]) or known(by_alias[only])[column]) then
        return only
      end
      return nil
    end
    return by_alias[owner] and owner or nil
  end
  -- What is compared with the same value each time narrows the rows, and is found so by nobody: `role_id = 1`.
  local function add(alias, column, value)
    local is_fixed = value:find("^%s*%d+%s*$") ~= nil or value:find("^%s*''") ~= nil
    local list = is_fixed and fixed or values
    values[alias] = values[alias] or {}
    list[alias] = list[alias] or {}
    table.insert(list[alias], column)
  end
  for _, condition in conditions_of(text) do
    local left, right = condition:match("^([^=<>!]-)=([^=<>].*)$")
    local listed = not left and condition:match("^(.-)%s+[Ii][Nn]%f[^%w_]")
    if left then
      local a, a_column = side_of(left)
      local b, b_column = side_of(right)
      local first = a and owner_of(a, a_column)
      local second = b and owner_of(b, b_column)
      if first and second then
        table.insert(joins, { alias = first, column = a_column, other = second })
        table.insert(joins, { alias = second, column = b_column, other = first })
      elseif first then
        add(first, a_column, right)
      elseif second then
        add(second, b_column, left)
      end
    elseif listed and not listed:upper():find("%f[%w_]NOT%f[^%w_]") then
      local a, column = side_of(listed)
      local first = a and owner_of(a, column)
      if first then
        add(first, column, "")
      end
    end
  end
  return by_alias, values, joins, fixed
end

-- The names of a scope whose rows are found by conditions on others than `alias`, without a way through it.
local function found_without(alias, values, joins)
  local found = {}
  for other in values do
    found[other] = other ~= alias or nil
  end
  for _ = 1, 3 do
    for _, join in joins do
      if found[join.other] and join.other ~= alias and join.alias ~= alias then
        found[join.alias] = true
      end
    end
  end
  return found
end

-- What a statement finds rows by, a list of {name, columns, beside}, `beside` being columns by which the same rows may be found from a joined table; `columns_of(name)` gives the columns of a known table as keys, nil for others.
function M.of(text, columns_of)
  local all, scopes = {}, {}
  scopes_of(without_texts(text), scopes, 0)
  for _, scope in scopes do
    local by_alias, values, joins, fixed = read_scope(scope, columns_of)
    local reached = {}
    for alias in values do
      local beside, found = fixed[alias] or {}, found_without(alias, values, joins)
      for _, join in joins do
        if join.alias == alias and found[join.other] then
          table.insert(beside, join.column)
        end
      end
      reached[alias] = true
      table.insert(all, { name = by_alias[alias], columns = values[alias], beside = beside })
    end
    -- From what is filtered, along the joins.
    for _ = 1, 3 do
      local found = {}
      for _, join in joins do
        if reached[join.other] and not reached[join.alias] then
          found[join.alias] = found[join.alias] or {}
          table.insert(found[join.alias], join.column)
        end
      end
      for alias, columns in found do
        reached[alias] = true
        table.insert(all, { name = by_alias[alias], columns = columns, beside = {} })
      end
    end
  end
  return all
end

return M
