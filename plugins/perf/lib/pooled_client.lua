-- Clients with connections of their own, as facts name them: what messages call them, and what only looks like one.

local M = {}

-- The models, embeddings and chains of LangChain have one name among the facts.
local SHARED_NAME = "langchain.Model"

-- What a message calls the client that a call makes.
function M.name(call)
  local path = (call:target()[1] or call.name):gsub("%(%)$", "")
  return path == SHARED_NAME and call.name or path
end

-- Whether a call puts together what was made already: a chain of LangChain holds the model that it is given.
function M.is_composed(call)
  return call:target()[1] == SHARED_NAME and (call.name:find("Chain$") ~= nil or call.name:find("QA$") ~= nil or call.name:find("^from_") ~= nil)
end

return M
