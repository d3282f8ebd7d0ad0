-- What documents say.

local told = require("told")

local M = {}

local function text(entry: Doc): string
  return entry.text
end

local function setting(entry: Doc, report: Report)
  local parent = entry:parent()
  report({
    at = entry,
    message_id = "setting",
    args = { key = told.or_dash(entry.key), value = told.scalar(entry) },
    notes = {
      kind = `{entry.kind} line {entry.line} {entry.span.source}`,
      text = entry.text,
      entries = told.list_of(entry:entries(), told.scalar),
      commands = told.list_of(entry:commands(), function(command)
        return command.name
      end),
      parent = told.or_dash(parent and parent.key),
    },
  })
end

-- A document of settings.
function M.settings(document: Doc, report: Report)
  local service = document:get("service")
  if not service then
    return
  end
  for _, entry in service:entries() do
    setting(entry, report)
  end
  local missing, presence = document:get("service.missing")
  report({
    at = document,
    message_id = "setting",
    args = { key = "missing", value = presence },
    notes = {
      missing = told.yes(missing ~= nil),
      limits = told.list_of(document:select("service.limits[*]"), text),
      workers = told.list_of(document:find_all("workers"), text),
      blocks = #document:blocks("resource"),
      tag = `{told.or_dash(document.tag)} {told.list(document.labels)}`,
    },
  })
end

return M
