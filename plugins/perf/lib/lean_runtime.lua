-- Functions whose programs are small and start at once: compiled to one binary.

local M = {}

local LEAN = { "^go", "^provided", "^GO_", "^PROVIDED" }

function M.is_lean(service)
  local runtime = service.runtime and service.runtime.value
  for _, pattern in LEAN do
    if type(runtime) == "string" and runtime:find(pattern) then
      return true
    end
  end
  return false
end

return M
