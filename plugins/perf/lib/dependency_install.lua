-- What a step of an image installs: the manifests that it reads, and whether their packages outlive the layer.

local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- The directory of a project that a word of `pip install` names: `.`, `./api[postgres]`, `/tmp/api`; nil for packages, archives and addresses.
local function project_of(word)
  local path = word:match("^([^%[]+)%[.*%]$") or word
  if path:find("://", 1, true) or path:find("@", 1, true) or path:find("[$*=<>]") then
    return nil
  end
  if path:match("%.whl$") or path:match("%.tar%.gz$") or path:match("%.zip$") or path:match("%.txt$") then
    return nil
  end
  return (path == "." or path:match("^%.?%.?/")) and path or nil
end

-- The manifests that an install reads, as paths of the image, and its ecosystem; nil when the step installs nothing that a manifest lists.
function M.reads(step)
  local fact = step.fact
  local does = fact.does
  if does == "pip" then
    local files, project = {}, nil
    local at = 1
    while at <= #step.args do
      local word = step.args[at]
      if word == "-r" or word == "--requirement" then
        table.insert(files, step.args[at + 1] or "")
        at += 1
      elseif word:match("^%-r(.+)$") or word:match("^%-%-requirement=(.+)$") then
        table.insert(files, word:match("^%-r(.+)$") or word:match("^%-%-requirement=(.+)$"))
      elseif words.holds(fact.valued, word) then
        at += 1
      else
        -- `-e ./api` names a project just so.
        local path = project_of(word:match("^%-e(%..*)$") or word:match("^%-%-editable=(.+)$") or word)
        project = project or path
      end
      at += 1
    end
    if #files > 0 then
      return files, "python", false
    end
    if project and not shell_command.has_option(step, "--no-deps") then
      local base = project == "." and "" or project:gsub("/+$", "") .. "/"
      return { base .. "pyproject.toml", base .. "setup.py" }, "python", true
    end
    return nil
  end
  if does == "maven" then
    for _, word in step.args do
      if words.holds(fact.fetching, word) then
        return words.list(fact.manifest), fact.ecosystem, false
      end
      if words.holds(fact.building, word) then
        return words.list(fact.manifest), fact.ecosystem, true
      end
    end
    -- A task of the project's own that runs before its sources are there only fetches.
    return words.list(fact.manifest), fact.ecosystem, true, true
  end
  if does == "install" or does == "fetch" then
    -- Named packages are no manifest; `go get` without any reads the sources.
    if fact.ecosystem == "node" and (shell_command.has_option(step, "-g --global --location=global") or step.sub == "workspaces") then
      return nil
    end
    for at = (step.sub_at or #step.args) + 1, #step.args do
      local word = step.args[at]
      if word:sub(1, 1) ~= "-" and fact.ecosystem == "node" and not words.holds(step.base.valued, step.args[at - 1]) then
        return nil
      end
      if fact.ecosystem == "go" and step.sub == "get" and word:match("%.") and not word:match("^%./") then
        return nil
      end
    end
    return words.list(fact.manifest), fact.ecosystem, false
  end
  if does == "compile" and fact.fetches then
    for _, word in step.args do
      if word:match("@v?%w") or word == "--vendored" or word == "-mod=vendor" or word == "--offline" or word == "--no-restore" then
        return nil
      end
      -- `cargo install ripgrep` builds something else.
      if step.program == "cargo" and step.sub == "install" and word ~= "install" and word:sub(1, 1) ~= "-" and not shell_command.has_option(step, "--path") then
        return nil
      end
    end
    return words.list(fact.manifest), fact.ecosystem, true
  end
  return nil
end

-- Installers of Python that put the project itself beside its dependencies, and by which option they leave it for later.
local LEAVES_OUT = {
  uv = "--no-install-project --no-install-workspace --no-install-package --only-group",
  poetry = "--no-root --no-directory --only-root",
  pdm = "--no-self --no-editable",
}

-- Whether an install brings the project itself, too, and could have been told not to.
function M.could_leave_out(step)
  local options = LEAVES_OUT[step.program]
  return options ~= nil and (step.sub == "sync" or step.sub == "install") and not shell_command.has_option(step, options)
end

-- Whether what a step installs comes out of a cache, or out of the context, of its own.
function M.has_cache(step)
  for _, mount in step.instruction.mounts do
    if mount.type == "cache" or mount.type == "bind" then
      return true
    end
  end
  return false
end

return M
