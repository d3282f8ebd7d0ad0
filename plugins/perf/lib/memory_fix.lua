-- Edits that give a container or a function an amount of memory to begin with.

local deploy_edits = require("deploy_edits")

local M = {}

-- MB for a function that answers requests, until somebody has measured.
local MEMORY = 512

function M.of_function(service)
  local edits
  if service.source == "terraform" then
    edits = deploy_edits.entry(service.file, service.at, `memory_size = {MEMORY}`)
  elseif service.source == "sam" or service.source == "cloudformation" then
    edits = deploy_edits.entry(service.file, service.block:get("Properties"), `MemorySize: {MEMORY}`)
  elseif service.source == "cdk" then
    edits = deploy_edits.keyword(service.call, `memory_size={MEMORY}`, `memorySize: {MEMORY}`)
  end
  return edits and { title = `begin with {MEMORY} MB`, safety = "unsafe", edits = edits }
end

-- A container of a manifest gets a limit where it has no resources at all; one in a template is left to its author.
function M.of_container(record)
  local doc, name = record.doc, record.doc:get("image")
  if record.file.path:find("%.tf$") or doc:get("resources") or not name then
    return nil
  end
  local edits = deploy_edits.line_before(record.file, name.line, "resources: { limits: { memory: 512Mi } }")
  return edits and { title = "begin with a limit of 512 MiB", safety = "unsafe", edits = edits }
end

return M
