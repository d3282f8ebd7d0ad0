-- Writes that say the same of each item but for its key: one statement does them for all keys. `UPDATE orders SET state = $1 WHERE id = $2`,
-- `prisma.order.update({ where: { id: order.id }, data: { state } })`.

local parameter = require("parameter")
local statement_verbs = require("statement_verbs")

local M = {}

-- Whether a turn of the loop sets a name that a value reads, though the way from the item to it is not seen: `changes[column] = row[column]`.
local function is_made_in(node, loop)
  local names = node.kind == "name" and { node } or node:descendants("name")
  for _, name in names do
    local value = name:value()
    if value and value:is_within(loop.node) then
      return true
    end
    for _, assign in not value and loop.node:descendants({ "assign", "aug-assign" }) or {} do
      for _, target in assign:children("target") do
        if target.text == name.text then
          return true
        end
      end
    end
  end
  return false
end

local function hangs_on_turn(node, loop)
  return loop:carries(node) or is_made_in(node, loop)
end

-- Whether a value that a helper gives the store hangs on the item, through the arguments that the helper is called with. What the helper works out
-- itself may.
local function carried_through(node, access, loop)
  local func = node:func()
  local names = node.kind == "name" and { node } or node:descendants("name")
  local before = func and parameter.leading(func) or 0
  for _, name in names do
    local at = func and name:param_position()
    if at and at > before then
      local param = func.params[at]
      local given, how = access.call:arg(param.text)
      if not given then
        given, how = access.call:arg(at - before)
      end
      if given and hangs_on_turn(given, loop) or how == "hidden" then
        return true
      end
    elseif at or name:value() and name:value():func() then
      return true
    end
  end
  return false
end

-- Whether a value hangs on the item of the loop; true where that is not seen.
local function is_carried(node, access, loop)
  if #access.hops == 0 then
    return hangs_on_turn(node, loop)
  elseif #access.hops == 1 and access.leaf then
    return carried_through(node, access, loop)
  end
  return true
end

-- What a call fills its statement with, as a list of {value, name}: `[a, b]`, `(a, b)`, `{"id": a}`, `a, b`.
local function filled_in(call)
  local all = {}
  local function add(node)
    if node.kind == "kw-arg" then
      node = node:child("value") or node
    end
    if node.kind == "list" then
      for _, item in node:children() do
        table.insert(all, { value = item })
      end
    elseif node.kind == "dict" then
      for _, pair in node:children() do
        table.insert(all, { value = pair:child("value") or pair, name = pair.text ~= "" and pair.text or nil })
      end
    else
      table.insert(all, { value = node })
    end
  end
  for at, argument in call:args() do
    if at > 1 then
      add(argument)
    end
  end
  return all
end

-- The text of a statement of one row that sets or deletes, and nothing that is put into it.
local function text_of(call)
  local given = call:arg(1)
  if not given then
    for _, name in call.file.language == "python" and { "query", "statement", "sql" } or {} do
      given = given or call:arg(name)
    end
  end
  if given and given.kind == "call" and given.name == "text" then
    given = given:arg(1)
  end
  local text = given and given:literal()
  return type(text) == "string" and not text:find("{}", 1, true) and text or nil
end

-- Whether a statement finds its rows by nothing but the one value that hangs on the item, and sets them all to the same.
local function is_same_text(call, access, loop)
  local text = text_of(call)
  local where = text and text:lower():find("%f[%a]where%f[%A]")
  if not where or not text:lower():find("^[%s%(]*update%f[%A]") or text:sub(1, where):lower():find("%f[%a]select%f[%A]") then
    return false
  end
  local carried, values = nil, filled_in(call)
  for at, one in values do
    if is_carried(one.value, access, loop) then
      if carried then
        return false
      end
      carried = { at = at, name = one.name }
    end
  end
  if not carried then
    return false
  elseif carried.name then
    -- The name stands in the filter, and nowhere before it.
    local place = text:find("[:@]" .. carried.name .. "%f[^%w_]") or text:find("%(" .. carried.name .. ")s", 1, true)
    return place ~= nil and place > where
  end
  -- Of values without a name the last ones are the filter's.
  local _, set = text:sub(1, where):gsub("%%s", "?"):gsub("%$%d+", "?"):gsub("%?", "?")
  return carried.at > set
end

local LISTS = table.freeze({ "whereIn", "In", "in_", "any_", "inArray" })

local function names_a_list(node)
  return table.find(LISTS, node.name) ~= nil and node.kind == "call" or #node:descendants("call", LISTS) > 0
end

-- The same of a statement that calls build: `update(Order).where(Order.id == row.id).values(state="sent")`.
local function is_same_built(call, access, loop)
  local built = call:arg(1)
  if not built or built.kind ~= "call" then
    return false
  end
  local _, before = built:chained()
  local sets, finds = nil, false
  for _, part in { built, unpack(before) } do
    for _, argument in part:args() do
      local is_one = is_carried(argument, access, loop)
      if part.name == "values" then
        sets = sets or is_one
      elseif part.name == "where" and is_one then
        -- A list of keys is many already.
        finds = not names_a_list(argument)
      end
    end
  end
  return sets == false and finds
end

-- Whether a statement is for a list of keys as it stands, each item with a list of its own.
local function is_for_many(call)
  local after, before = call:chained()
  local links = { call }
  for _, list in { after, before } do
    for _, link in list do
      table.insert(links, link)
    end
  end
  for _, link in links do
    if names_a_list(link) then
      return true
    end
    for _, argument in link:args() do
      if argument.kind == "kw-arg" and argument.text:find("__in$") then
        return true
      end
      for _, pair in argument:descendants("pair") do
        if pair.text == "in" or pair.text == "$in" or pair.source:find("^%[[%w_]*%.?Op%.in%]") then
          return true
        end
      end
      if argument.kind == "str" and argument.text:lower():find("%f[%a]in%s*%(?%?") then
        return true
      end
    end
  end
  return false
end

local DELETING = { delete = true, deleteFrom = true, softDelete = true, del = true }

-- Whether a chain deletes rows, or sets all that it finds to the same: `update(orders).set({ state })`.
local function is_same_chain(call, access, loop)
  local after, before = call:chained()
  for _, links in { { call }, after, before } do
    for _, link in links do
      local values = link.name == "set" and link:arg(1)
      if values then
        return not is_carried(values, access, loop)
      elseif DELETING[link.name] and #link:args() <= 1 then
        return true
      end
    end
  end
  return false
end

-- How one statement does for all keys what a write does for one; nil where each item has values of its own.
function M.of(access, loop)
  local call = access.leaf or access.call
  local place = call:fact("same_values")
  if place and is_for_many(call) then
    return nil
  elseif place == "none" then
    return call:fact("same_for_all")
  elseif place == "set" then
    return is_same_chain(call, access, loop) and call:fact("same_for_all") or nil
  elseif place == "all" then
    for _, argument in call:args() do
      if is_carried(argument, access, loop) then
        return nil
      end
    end
    return #call:args() > 0 and call:fact("same_for_all") or nil
  elseif place then
    local values, how = call:arg(tonumber(place) or place)
    return how == "given" and not is_carried(values, access, loop) and call:fact("same_for_all") or nil
  end
  local _, word = statement_verbs.of(call)
  if word == "update" and (is_same_text(call, access, loop) or #call:args() == 1 and is_same_built(call, access, loop)) then
    return "one UPDATE for all keys"
  end
  return nil
end

return M
