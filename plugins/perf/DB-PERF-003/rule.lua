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

-- Whether what is left out is hardly more than what is used, or there are few rows.
local function is_little(call, read, repo)
  local width = model_width.of(call, read.name, repo)
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
  local what = read.name and ` of {read.name}` or ""
  report({
    at = call,
    message = #read.fields == 0 and `this read brings whole rows{what}, and only how many they are, or which, is used`
      or `this read brings whole rows{what}, of which only {list_of(read.fields)} {#read.fields == 1 and "is" or "are"} used`,
    confidence = is_little(call, read, repo) and "low" or "medium",
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
