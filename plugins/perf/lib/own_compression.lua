-- Applications of Python that one process serves side by side, each with middleware of its own: what one of them compresses, its siblings do not.

local M = {}

local GZIPS = { "GZipMiddleware", "GzipMiddleware", "BrotliMiddleware", "BrotliMiddlewareASGI", "CompressMiddleware", "ZstdMiddleware" }

-- Names of the applications that a file makes.
local function applications_of(file)
  local all = {}
  for _, call in file.root:descendants("call") do
    local assign = call:fact("web_app") and call:parent()
    local target = assign and assign.kind == "assign" and assign:child("target")
    if target and target.kind == "name" then
      all[target.text] = true
    end
  end
  return all
end

-- Whether a file hands other applications than those of static files to its own.
local function mounts(file)
  for _, call in file.root:descendants("call", { "mount", "Mount" }) do
    local last = call:args()[2] or call:arg("app")
    if last and not last.source:find("StaticFiles", 1, true) then
      return true
    end
  end
  return false
end

-- Whether all that compresses in the file is given to an application that the file itself makes, which answers for no other.
function M.is_for_own(file)
  if not file or not file.root or file.language ~= "python" or mounts(file) then
    return false
  end
  local own, given = applications_of(file), 0
  for _, name in file.root:descendants("name", GZIPS) do
    local call = name:parent()
    local on = call and call.kind == "call" and call.name == "add_middleware" and call:receiver()
    if on and on.kind == "name" and own[on.text] then
      given += 1
    elseif name:role() ~= "item" and not name:enclosing({ "import" }) then
      return false
    end
  end
  return given > 0
end

-- Whether a file makes an application that answers for itself alone.
function M.is_single(file)
  return file ~= nil and file.root ~= nil and file.language == "python" and not mounts(file)
end

return M
