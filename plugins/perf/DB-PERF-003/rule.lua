-- A read of whole rows whose every use is seen, and needs a field or two of them.

local few_fields = require("few_fields")
local few_rows = require("few_rows")
local list_reads = require("list_reads")
local model_width = require("model_width")
local per_item = require("per_item")

local IDLE = { test = true, script = true }

local function list_of(names)
  return "`" .. table.concat(names, "` and `") .. "`"
end

local KEYS = { "id", "pk", "_id" }

-- Whether a row is its key and what is used: then there is nothing to leave out.
local function is_all(width, has_key, read)
  local others = has_key and 1 or 0
  for _, key in KEYS do
    others = table.find(read.fields, key) and 0 or others
  end
  return width ~= nil and #read.fields > 0 and width <= #read.fields + others
end

-- Whether what is left out is hardly more than what is used, or there are few rows.
local function is_little(width, read)
  return width ~= nil and width <= #read.fields + 2 or read.name ~= nil and few_rows.named(read.name)
end

local function check_read(call, report, repo)
  local reach = call:reach()
  if IDLE[reach] or not per_item.counts(call) then
    return nil
  end
  local read = few_fields.of(call, repo)
  if not read then
    return nil
  end
  local width, has_key = model_width.of(call, read.name, repo)
  if is_all(width, has_key, read) then
    return nil
  end
  local what = read.name and ` of {read.name}` or ""
  report({
    at = call,
    message = #read.fields == 0 and `this read brings whole rows{what}, and only how many they are, or which, is used`
      or `this read brings whole rows{what}, of which only {list_of(read.fields)} {#read.fields == 1 and "is" or "are"} used`,
    confidence = is_little(width, read) and "low" or "medium",
    notes = { fields = table.concat(read.fields, ", ") },
    fix = read.fix,
  })
  return true
end

return {
  check = function(_, matches, report, repo)
    list_reads.begin(repo)
    local told = {}
    for _, match in matches do
      -- One chain may hold several calls that give its rows.
      local line = match.node.line
      if not told[line] then
        told[line] = check_read(match.node, report, repo)
      end
    end
  end,
}
