-- Reads of exports: all that an owner has of what piles up is brought at once, only to be written out row by row.

local find_reads = require("find_reads")
local piling = require("piling")
local words = require("words")

local M = {}

local EXPORTS = words.set("export", "exports", "exporter", "csv", "xlsx", "backup", "archive", "dump")

local function is_export(call)
  for _, text in { call:symbol(), call.file.path:match("([^/]+)%.%w+$") or "" } do
    for _, word in words.of(text) do
      if EXPORTS[word] then
        return true
      end
    end
  end
  return false
end

-- What `find_reads` says of a read of an export that names an owner; nil for others. Those that name none are told as finds.
function M.judge(call)
  if not is_export(call) then
    return nil
  end
  local found = find_reads.judge(call)
  if not found or found.filter ~= "key" or not found.name or not piling.named(found.name) then
    return nil
  end
  return found
end

return M
