-- Patches of kustomize that add, change or take away the readiness probe of a Deployment: for these the manifest does not say what runs. JSON patches (`path:
-- /spec/.../readinessProbe`) and merge patches, in a kustomization or in a file that it names.

local paths = require("paths")

local M = {}

-- The name in the metadata of a merge patch that is written as a text.
local function name_in(text)
  return text:match("metadata:%s*\n%s+name:%s*[\"']?([%w_.-]+)")
end

-- What overlays and their base have in common: two directories above the kustomization.
local function tree_of(path)
  return paths.directory(paths.directory(paths.directory(path)))
end

-- What the patches of the repository decide: names of Deployments, and the trees in which a patch without a name changes all of them. `files`: those that speak of
-- a probe.
function M.collect(repo, files)
  local found, speaks = { names = {}, trees = {} }, {}
  for _, path in files do
    speaks[path] = true
  end
  for _, path in #files > 0 and repo:paths("**/kustomization.y{,a}ml") or {} do
    local file = repo:open(path)
    local top = file and file.documents and file.documents[1]
    for _, key in top and { "patches", "patchesJson6902", "patchesStrategicMerge" } or {} do
      for _, one in top:select(`{key}[*]`) do
        local inline, target = one:get("patch"), one:get("target.name")
        local named = one:get("path") or one.kind == "scalar" and one or nil
        local other = named and paths.join(paths.directory(path), named.text)
        local text = inline and inline.text or other and speaks[other] and repo:text(other) or named and named.text or ""
        local name = target and target.text or name_in(text)
        if text:find("readinessProbe", 1, true) and name then
          found.names[name] = true
        elseif text:find("readinessProbe", 1, true) then
          table.insert(found.trees, tree_of(path))
        end
      end
    end
  end
  return found
end

-- Whether one of them decides the probe of a Deployment.
function M.decide(found, path, name)
  for _, tree in found.trees do
    if paths.is_within(path, tree) then
      return true
    end
  end
  return name ~= nil and found.names[name] == true
end

return M
