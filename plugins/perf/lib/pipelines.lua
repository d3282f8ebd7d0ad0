-- What continuous integration runs, as far as it can be seen: the files of the usual systems, and through them scripts of packages, makefiles and the shell.

local pipelines = {}

local FILES = {
  ".github/workflows/*.{yml,yaml}", ".github/actions/**/action.{yml,yaml}", ".gitlab-ci.{yml,yaml}", ".gitlab/**/*.{yml,yaml}", ".circleci/*.{yml,yaml}", "**/azure-pipelines*.{yml,yaml}", "azure-pipelines*.{yml,yaml}",
  "Jenkinsfile*", "**/Jenkinsfile*", ".buildkite/*.{yml,yaml}", "bitbucket-pipelines.yml", ".drone.{yml,yaml}", ".travis.yml", "cloudbuild*.{yml,yaml}", "**/cloudbuild*.{yml,yaml}", ".woodpecker/*.{yml,yaml}", ".woodpecker.yml", "appveyor.yml", "buildspec*.yml",
  ".ci/*", "ci/*.{yml,yaml}",
}

-- Jobs that other repositories define.
local ELSEWHERE = { "uses:%s*[\"']?[%w_.-]+/[%w_./-]+/%.github/workflows/", "\n%s*%-?%s*project:%s", "\n%s*%-?%s*remote:%s", "@Library%(", "template:%s*[%w_./-]+@" }

-- Where commands have names by which a job calls them.
local NAMED = { "package.json", "**/package.json", "Makefile", "**/Makefile", "*.mk", "**/Taskfile.{yml,yaml}", "Taskfile.{yml,yaml}", "justfile", "**/justfile", "*.sh", "noxfile.py", "tasks.py", "tox.ini" }

-- The text without comments of the shell and of YAML, and without the lists of paths for which jobs run: what they name is not run.
local function bare(text)
  local lines = {}
  local filtered = nil
  for _, line in string.split(text:gsub("\\\n%s*", " "), "\n") do
    local indent = #line:match("^%s*")
    local is_item = filtered and (indent > filtered or indent == filtered and line:find("^%s*%- "))
    if not is_item then
      filtered = (line:find("^%s*paths:") or line:find("^%s*paths%-ignore:")) and indent or nil
    end
    if not is_item and not filtered and not line:find("^%s*#") then
      table.insert(lines, (line:gsub("%s#%s.*$", "")))
    end
  end
  return "\n" .. table.concat(lines, "\n") .. "\n"
end

-- One glob for several: each holds every path of the repository against it.
local function either(globs)
  return `\{{table.concat(globs, ",")}\}`
end

local FILES_GLOB, NAMED_GLOB = either(FILES), either(NAMED)

-- The files in which jobs are written.
function pipelines.files(repo)
  return repo:paths(FILES_GLOB)
end

-- The text of all jobs, and whether some of them are written elsewhere.
function pipelines.text(repo)
  local texts = {}
  for _, path in pipelines.files(repo) do
    local file = repo:open(path)
    if file then
      table.insert(texts, bare(file.text))
    end
  end
  local text = table.concat(texts, "\n")
  for _, form in ELSEWHERE do
    if text:find(form) then
      return text, true
    end
  end
  return text, false
end

-- Whether a text holds a word that does not go on to either side.
local function holds(text, word)
  local quoted = word:gsub("%p", "%%%0")
  return text:find("%f[%w_]" .. quoted .. "%f[^%w_]") ~= nil
end

-- Whether a part of a command calls a script or a target by its name: behind the program that knows such names.
local RUNNERS = { "npm", "pnpm", "yarn", "bun", "npx", "turbo", "nx", "lerna", "run%-s", "run%-p", "make", "MAKE", "just", "task", "inv", "invoke", "nox", "tox", "rush" }

local function calls(text, name)
  if not text:find(name, 1, true) then
    return false
  end
  local quoted = name:gsub("%p", "%%%0")
  for part in text:gmatch("[^\n;&|]+") do
    for _, runner in part:find(name, 1, true) and RUNNERS or {} do
      local _, last = part:find(`%f[%w]{runner}%f[%W]`)
      if last and part:find(`%f[%w_:-]{quoted}%f[^%w_:.-]`, last + 1) then
        return true
      end
    end
  end
  return false
end

-- What has a name by which commands are called, and the commands: scripts of a package, targets of a makefile and the like, scripts of the shell.
local function named_in(repo, path)
  local base = path:match("[^/]*$")
  local file = repo:open(path)
  if not file or file.class == "vendored" then
    return {}
  elseif base == "package.json" then
    local all = {}
    local scripts = file.documents and file.documents[1] and file.documents[1]:get("scripts")
    for _, entry in scripts and scripts:entries() or {} do
      if entry.key and entry.text then
        table.insert(all, { name = entry.key, body = entry.text })
      end
    end
    return all
  elseif base:find("%.sh$") then
    return { { name = base, body = bare(file.text), is_script = true } }
  end
  local all, one = {}, nil
  for _, line in string.split(bare(file.text), "\n") do
    local name, first = line:match("^([%w:_.-]+)%s*:([^=].*)$")
    name = name or line:match("^([%w:_.-]+):$") or line:match("^%s%s%s?%s?([%w:_.-]+):%s*$") or line:match("^def%s+([%w_]+)") or line:match("^%[testenv:([%w_.-]+)")
    if name then
      -- What a target asks for runs before it.
      one = { name = name, body = first and `make {first}\n` or "" }
      table.insert(all, one)
    elseif one then
      one.body ..= line .. "\n"
    end
  end
  return all
end

-- Whether a text runs what has this name; `npm run build` runs `prebuild` and `postbuild` too.
local function runs(text, one)
  if one.is_script then
    return holds(text, one.name)
  end
  local main = one.name:match("^pre(.+)$") or one.name:match("^post(.+)$")
  return calls(text, one.name) or main ~= nil and calls(text, main)
end

local function holds_any(text, words)
  for _, word in words do
    if holds(text, word) then
      return true
    end
  end
  return false
end

-- Whether a job runs one of the words, itself or through scripts and targets that run each other: true, false, or nil when jobs are written elsewhere or nowhere.
function pipelines.run(repo, sought)
  local text, is_open = pipelines.text(repo)
  if holds_any(text, sought) then
    return true
  end
  local all, waiting = {}, {}
  for _, path in repo:paths(NAMED_GLOB) do
    for _, one in named_in(repo, path) do
      table.insert(all, one)
    end
  end
  for _, one in all do
    if holds_any(one.body, sought) then
      one.is_known = true
      table.insert(waiting, one)
    end
  end
  local at = 1
  while at <= #waiting do
    local one = waiting[at]
    if runs(text, one) then
      return true
    end
    for _, other in all do
      if not other.is_known and runs(other.body, one) then
        other.is_known = true
        table.insert(waiting, other)
      end
    end
    at += 1
  end
  return if is_open or #text <= 2 then nil else false
end

return pipelines
