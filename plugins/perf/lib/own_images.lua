-- Images that the repository builds itself: `docker build -t shop/base:3 .` in a script, a package.json or a workflow. They change when somebody here
-- builds them anew, and not with the releases of others.

local M = {}

local PLACES = "{Makefile,**/Makefile,justfile,**/justfile,*.mk,*.sh,*.yml,*.yaml,*.json,*.hcl,*.toml}"

-- Whether a line names what a build gives the image: behind `-t`, `--tag`, or among the `tags` of an action.
local function tags(line)
  return line:find("%s%-t[%s=]") ~= nil and line:find("build", 1, true) ~= nil or line:find("%-%-tag[%s=]") ~= nil or line:find("tags[\"']?%s*[:=]") ~= nil
end

-- Whether a name can only be of an image that is built beside this one, by whatever command: without a registry or an account before it a name is Docker's own, and
-- it is none of those that Docker publishes.
function M.is_local(repo, image)
  local name = image.name
  return name ~= nil and not image.registry and not image.resolved:find("/", 1, true) and not image.is_unknown and repo:fact("official:" .. name:lower()) == nil
end

-- Whether some command of the repository builds the image under this name and tag. What is called `latest` is whatever was built last, here or elsewhere.
function M.is_built(repo, image)
  local name = image.resolved
  if not image.tag or image.tag == "latest" or not image.name or not image.name:find("/", 1, true) then
    return false
  end
  for _, path in repo:holding(PLACES, name) do
    for line in (repo:text(path) or ""):gmatch("[^\n]+") do
      local _, to = line:find(name, 1, true)
      if to and not line:sub(to + 1, to + 1):find("[%w_.-]") and tags(line) then
        return true
      end
    end
  end
  return false
end

return M
