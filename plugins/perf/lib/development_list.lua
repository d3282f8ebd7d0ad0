-- What the lists that an install reads name for development: groups of a manifest, and test tools among requirements.

local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

local REWRITERS = { sed = true, perl = true, awk = true, gawk = true, ed = true, jq = true, yq = true, grep = true }

-- Whether a command before the install rewrites the manifest: what the repository holds is not what is read then.
local function is_rewritten(step, manifest)
  local name = paths.basename(manifest)
  for _, instruction in step.instruction.stage.instructions do
    if instruction.position > step.instruction.position then
      break
    end
    for _, command in instruction.commands do
      if instruction.position == step.instruction.position and command.span.first >= step.command.span.first then
        break
      end
      local drops = command.name == "npm" and command:has("pkg") and command:has("devDependencies")
      for _, word in REWRITERS[command.name] and command.args or {} do
        drops = drops or paths.basename(word) == name
      end
      if drops then
        return true
      end
    end
  end
  return false
end

-- Development packages that the manifest lists: a short text, or nil when it lists none or cannot be read.
function M.of_manifest(step, repo)
  local fact = step.fact
  local path = step.origin(words.list(fact.manifest)[1])
  local member = fact.ecosystem == "python" and shell_command.option_value(step.args, "--package")
  if member then
    path = nil
    for _, other in repo:paths("**/pyproject.toml") do
      local project = repo:open(other)
      local head = project and project.documents and project.documents[1]
      local name = head and head:get("project.name")
      if name and name.text == member then
        path = other
      end
    end
  end
  local file = path and repo:open(path)
  if not file or is_rewritten(step, path) then
    return nil
  end
  local function names_of(document, key)
    local node = document and document:get(key)
    local names = {}
    for _, entry in node and node:entries() or {} do
      table.insert(names, entry.key)
    end
    return names
  end
  local names = {}
  local document = file.documents and file.documents[1]
  if fact.ecosystem == "node" then
    names = names_of(document, "devDependencies")
  elseif fact.ecosystem == "php" then
    names = names_of(document, "require-dev")
  elseif fact.ecosystem == "ruby" then
    local group = file.text:match("group[%s(]+:development[^\n]*\n(.-)\nend")
    for name in (group or ""):gmatch("gem%s+[\"']([^\"']+)") do
      table.insert(names, name)
    end
  elseif fact.ecosystem == "python" then
    local groups = { "tool.poetry.dev-dependencies", "tool.poetry.group.dev.dependencies", "tool.pdm.dev-dependencies", "tool.poetry.group.test.dependencies", "tool.poetry.group.tests.dependencies", "tool.poetry.group.lint.dependencies" }
    for _, key in groups do
      local group = document and document:get(key:gsub("%.dependencies$", ""))
      local optional = group and group:get("optional")
      if not (optional and optional.value == true) then
        for _, name in names_of(document, key) do
          table.insert(names, name)
        end
      end
    end
    local defaults = document and document:get("tool.uv.default-groups")
    for _, key in { "dependency-groups.dev", "tool.uv.dev-dependencies" } do
      local node = document and document:get(key)
      if defaults and step.program == "uv" then
        local is_default = defaults.kind == "scalar" and defaults.text == "all"
        for _, entry in defaults:entries() do
          is_default = is_default or entry.text == "dev"
        end
        node = is_default and node or nil
      end
      for _, entry in node and node:entries() or {} do
        local name = entry.text:match("^[%w._-]+")
        if name then
          table.insert(names, name)
        end
      end
    end
  end
  if #names == 0 then
    return nil
  end
  local shown = table.concat(names, ", ", 1, math.min(3, #names))
  return #names > 3 and `{shown} and {#names - 3} more` or shown, path, document
end

local APART = { test = true, vendored = true, generated = true }

-- Scripts that run while a package is installed, built and started: what they name is needed there.
local NEEDED = { "preinstall", "install", "postinstall", "prepare", "prebuild", "build", "postbuild", "prestart", "start" }

-- Whether code of the package, tests left out, loads a module.
local function is_loaded(name, repo, directory)
  local texts = { `"{name}"`, `'{name}'` }
  for _, path in repo:holding(`{directory == "" and "" or directory .. "/"}**/*.\{js,ts,mjs,cjs,jsx,tsx\}`, texts) do
    local file = repo:open(path)
    for line in file and not APART[file.class] and not path:find("config", 1, true) and file.text:gmatch("[^\r\n]+") or string.gmatch("", "%S") do
      if (line:find("from%s*[\"']") or line:find("require%s*%(") or line:find("import%s*[%(\"']")) and (line:find(texts[1], 1, true) or line:find(texts[2], 1, true)) then
        return true
      end
    end
  end
  return false
end

-- Tools of tests and checks that a manifest of Node.js lists among what the service runs with: a short text, the manifest and its document.
function M.misplaced_tools(step, repo)
  local path = step.origin("package.json")
  local file = path and repo:open(path)
  local document = file and file.documents and file.documents[1]
  local list = document and not is_rewritten(step, path) and document:get("dependencies")
  local names = {}
  for _, entry in list and list:entries() or {} do
    local fact = entry.key and repo:fact("npm:" .. entry.key)
    local is_tool = fact and (fact.purpose == "test" or fact.purpose == "lint")
    for _, name in is_tool and NEEDED or {} do
      local script = document:get("scripts." .. name)
      is_tool = is_tool and not (script and script.text:find(entry.key, 1, true))
    end
    if is_tool and not is_loaded(entry.key, repo, paths.directory(path)) then
      table.insert(names, entry.key)
    end
  end
  if #names == 0 then
    return nil
  end
  local shown = table.concat(names, ", ", 1, math.min(3, #names))
  return #names > 3 and `{shown} and {#names - 3} more` or shown, path, document
end

local FOR_DEVELOPMENT = { dev = true, develop = true, development = true, test = true, tests = true, testing = true, lint = true, ci = true, local_ = true, docs = true }

-- Whether a lock file's comments say that only shipped packages asked for the one at `at`.
local function is_asked_for_by_others(lines, at, repo)
  local asked, own = false, false
  for next = at + 1, #lines do
    local line = lines[next]
    local via = line:match("^%s*#%s*via%s*(.*)$") or (asked and line:match("^%s+#%s+(.*)$"))
    if not via then
      if line:match("^%s+%-%-hash") or line:match("^%s*$") then
        continue
      end
      break
    end
    asked = true
    for name in via:gmatch("[^,%s]+") do
      local fact = repo:fact("pypi:" .. name:lower():gsub("[_.]", "-"))
      own = own or name:sub(1, 1) == "-" or (fact ~= nil and fact.purpose ~= "installer")
    end
  end
  return asked and not own
end


-- Whether Python code of the service imports a module. The rule is about Dockerfiles, so code is no more than text to it.
local function is_imported(module, repo)
  local name = module:gsub("%W", "%%%0")
  for _, path in repo:holding("**/*.py", { `import {module}`, `from {module}` }) do
    local file = repo:open(path)
    for line in file and not APART[file.class] and file.text:gmatch("[^\r\n]+") or string.gmatch("", "%S") do
      if line:find("^%s*import%s+" .. name .. "%f[^%w_]") or line:find("^%s*from%s+" .. name .. "%f[^%w_]") then
        return true
      end
    end
  end
  return false
end

-- Test tools that a requirements file lists.
local function tools_in(path, repo, depth)
  local file = path and repo:open(path)
  if not file then
    return {}
  end
  local found = {}
  local lines = file.text:gsub("\r", ""):split("\n")
  for at, line in lines do
    local name = line:match("^%s*([%w._-]+)")
    local fact = name and repo:fact("pypi:" .. name:lower():gsub("[_.]", "-"))
    local is_tool = fact and (fact.purpose == "test" or fact.purpose == "lint") and not is_asked_for_by_others(lines, at, repo)
    -- What the service itself imports is no tool of its developers, whatever else it is used for.
    local module = fact and fact.module or name and name:lower():gsub("[-.]", "_")
    if is_tool and not is_imported(module, repo) then
      table.insert(found, name)
    end
    local other = line:match("^%s*%-r%s+(%S+)") or line:match("^%s*%-%-requirement[%s=]+(%S+)")
    if other and depth < 3 then
      local inner = paths.join(paths.directory(path), other)
      for _, tool in tools_in(inner, repo, depth + 1) do
        table.insert(found, tool)
      end
    end
  end
  return found
end

-- Whether a list without a known tool holds what the service runs with, whatever it is called: what a pipeline installs for the image besides, or only what the code imports.
local function is_for_service(path, called, repo)
  local file = repo:open(path)
  local count, imported = 0, 0
  for line in file and file.text:gmatch("[^\r\n]+") or string.gmatch("", "%S") do
    local name = line:match("^%s*([%w._-]+)")
    if line:find("^%s*%-r") or line:find("^%s*%-%-requirement") then
      -- What another list adds is known where that is read; the name of this one stands.
      return false
    elseif name and line:sub(1, 1) ~= "-" then
      local fact = repo:fact("pypi:" .. name:lower():gsub("[_.]", "-"))
      count += 1
      imported += is_imported(fact and fact.module or (name:lower():gsub("[-.]", "_")), repo) and 1 or 0
    end
  end
  return count > 0 and (called == "ci" or imported == count)
end

-- What a `pip install` brings that only development needs: a text, or nil.
function M.of_pip(step, repo)
  local at = 1
  while at <= #step.args do
    local word = step.args[at]
    local file = nil
    if word == "-r" or word == "--requirement" then
      file = step.args[at + 1]
      at += 1
    else
      file = word:match("^%-r(.+)$") or word:match("^%-%-requirement=(.+)$")
    end
    if file then
      local path = step.origin(file)
      local tools = path and not is_rewritten(step, path) and tools_in(path, repo, 0) or {}
      for part in paths.basename(file):lower():gmatch("%a+") do
        if FOR_DEVELOPMENT[part] and (#tools > 0 or not path or not is_for_service(path, part, repo)) then
          return `{file} is the list for development`
        end
      end
      if #tools > 0 then
        local shown = table.concat(tools, ", ", 1, math.min(3, #tools))
        return `{file} lists {shown}`, path
      end
    end
    local extras = word:match("%[([%w,_ -]+)%]$")
    for extra in (extras or ""):gmatch("[%w_-]+") do
      if FOR_DEVELOPMENT[extra:lower()] and word:match("^%.?/?[%w./_-]*%[") and (word:sub(1, 1) == "." or word:find("/")) then
        return `the extra \`{extra}\` is for development`
      end
    end
    at += 1
  end
  return nil
end

return M
