-- How a chain of Django's querysets is built: where it begins, and its links.

local django_links = require("django_links")
local set = require("words").set

local M = {}

local MANAGERS = set("objects", "_default_manager", "_base_manager")

-- The attribute under which a chain of Django begins, `Book.objects`, and its links; nil where a link is not known.
function M.of(node, context)
  local links = {}
  local at = node
  while at do
    if at.kind == "call" then
      if at.name == "super" and #at:args() == 0 then
        return nil, links, at
      end
      table.insert(links, at)
      at = at:child("callee")
    elseif at.kind == "attr" then
      local base = at:child("value")
      if MANAGERS[at.text] then
        return base, links
      elseif base and (base.kind == "name" or base.kind == "attr") and not django_links.is_known(at.text) then
        local model = base.name:find("^%u") and context and context.model(base)
        local manager = model and model.managers[at.text]
        if manager then
          return not manager.is_eager and base or nil, links
        end
        local source = context and context.related(at)
        if source then
          return nil, links, at, source
        elseif at:role() ~= "callee" then
          return nil, links, at
        end
      end
      at = base
    elseif at.kind == "index" then
      local index = at:child("index")
      if not index or index.kind ~= "slice" then
        return nil
      end
      at = at:child("value")
    else
      return nil, links, at
    end
  end
  return nil
end

return M
