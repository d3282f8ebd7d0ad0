-- What FastAPI hands to a parameter by itself: `settings: Annotated[Settings, Depends(get_settings)]`, `settings: Settings = Depends(get_settings)`.

local keepers = require("keepers")

local M = {}

local ASKS = table.freeze({ "fastapi.{Depends,Security}", "fastapi.params.{Depends,Security}" })

-- The calls of `Depends` that say what a parameter is handed, also where the type has a name of its own: `SettingsDep = Annotated[...]`.
local function asked_for(param)
  local default, kind = param:child("default"), param:child("type")
  if default and default.kind == "call" then
    return { default }
  end
  if not kind then
    return {}
  end
  local meant = { kind }
  for _, name in kind.kind == "name" and { kind } or kind:descendants("name") do
    table.insert(meant, name:definition() or name:value())
  end
  local calls = {}
  for _, node in meant do
    for _, call in node.kind == "class" and {} or node:descendants("call", { "Depends", "Security" }) do
      table.insert(calls, call)
    end
  end
  return calls
end

-- The function that a name stands for, here or in the file that it is imported from.
local function function_of(name)
  local made = name:definition()
  if not made and name.kind == "name" then
    for _, node in name.file.root and name.file.root:children() or {} do
      made = node.kind == "function" and node.text == name.text and node or made
    end
  end
  return made and made.kind == "function" and made:func() or nil
end

-- Whether what a parameter is handed is the same with each request: what hands it out takes nothing, or keeps what it made.
function M.is_same_each_time(param)
  if param.file.language ~= "python" then
    return false
  end
  for _, call in asked_for(param) do
      local provider = call:is(ASKS) and call:arg(1)
    local fn = provider and function_of(provider)
    if fn and (#fn.params == 0 or keepers.is_by_decorator(fn)) then
      return true
    end
  end
  return false
end

return M
