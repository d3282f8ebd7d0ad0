-- Paths of the repository and of an image, as texts.

local M = {}

-- `path` as it is seen from `base`: without `.`, `..` and doubled slashes; `path` may be absolute.
function M.join(base, path)
  if base ~= "" and path:sub(1, 1) ~= "/" and path:sub(1, 1) ~= "~" then
    path = base .. "/" .. path
  end
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  return (path:sub(1, 1) == "/" and "/" or "") .. table.concat(parts, "/")
end

-- The directory that a path lies in.
function M.directory(path)
  return path:match("^(.*)/[^/]*$") or ""
end

-- The last part of a path.
function M.basename(path)
  return path:match("([^/]+)/*$") or path
end

-- Whether a path is another one or lies below it.
function M.is_within(path, above)
  return path == above or above == "" or above == "/" or path:sub(1, #above + 1) == above .. "/"
end

return M
