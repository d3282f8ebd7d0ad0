-- What .dockerignore leaves out of the context of a build.

local M = {}

-- A pattern of .dockerignore as one of Lua.
local function as_pattern(glob)
  local text = glob:gsub("[%^%$%(%)%%%.%[%]%+%-]", "%%%0"):gsub("%?", "[^/]")
  text = text:gsub("%*%*/", "\1"):gsub("%*%*", "\2"):gsub("%*", "[^/]*")
  return text:gsub("\2", ".*")
end

-- Whether what is ignored leaves a path of the context out: to copy it by its name fails then.
function M.is_ignored(file, image, path, repo)
  local base = image.context == "" and "" or image.context .. "/"
  local ignores = repo:open(file.path .. ".dockerignore") or repo:open(base .. ".dockerignore")
  local own, ignored = path:sub(#base + 1), false
  for line in (ignores and ignores.text or ""):gmatch("[^\r\n]+") do
    local sign, glob = line:match("^%s*(!?)%s*/?(.-)/?%s*$")
    if glob ~= "" and line:sub(1, 1) ~= "#" then
      local pattern = as_pattern((glob:gsub("^%./", "")))
      local deep, plain = pattern:find("\1", 1, true), pattern:gsub("\1", "")
      for _, one in deep and { plain, (pattern:gsub("\1", ".*/")) } or { plain } do
        if own:find("^" .. one .. "$") or own:find("^" .. one .. "/") then
          ignored = sign == ""
        end
      end
    end
  end
  return ignored
end

return M
