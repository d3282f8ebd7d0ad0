-- Answers that give everything on purpose: a file to keep, a table for a spreadsheet, a map of the site.

local words = require("words")

local M = {}

local WHOLE = words.set("export", "exporter", "download", "backup", "dump", "archive", "sitemap", "csv", "xls", "xlsx", "tsv", "spreadsheet")

local function says_so(name)
  for _, word in words.of((name:gsub("(%u)(%u%l)", "%1_%2"))) do
    if words.knows(WHOLE, word) then
      return true
    end
  end
  return false
end

-- Whether a function, or the file that it stands in, is called after such an answer.
function M.is_of(func)
  return says_so(func.name) or says_so(func.node.file.path:match("([^/]+)%.%w+$") or "")
end

-- Whether all that a view of REST framework renders is such a file: `renderer_classes = [CSVRenderer]`.
local function renders_files(renderers)
  local items = renderers and (renderers.kind == "list" or renderers.kind == "set") and renderers:children("item") or {}
  for _, item in items do
    if not says_so(item.source) then
      return false
    end
  end
  return #items > 0
end

-- The same of a class of views with what it sets, by name.
function M.is_of_view(class, members)
  return says_so(class.text) or renders_files(members.renderer_classes)
end

return M
