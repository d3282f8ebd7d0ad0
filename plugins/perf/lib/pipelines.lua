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

-- The text without comments of the shell and of YAML.
local function bare(text)
  local lines = {}
  for _, line in string.split(text, "\n") do
    if not line:find("^%s*#") then
      table.insert(lines, (line:gsub("%s#%s.*$", "")))
    end
  end
  return "\n" .. table.concat(lines, "\n") .. "\n"
end

-- The files in which jobs are written.
function pipelines.files(repo)
  local all, seen = {}, {}
  for _, glob in FILES do
    for _, path in repo:paths(glob) do
      if not seen[path] then
        seen[path] = true
        table.insert(all, path)
      end
    end
  end
  return all
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

-- The names under which a file runs one of the words: scripts of a package, targets of a makefile, a script of the shell itself.
local function names_in(path, text, sought)
  local found = {}
  local base = path:match("[^/]*$")
  local target = nil
  for _, line in string.split(text, "\n") do
    local is_script = base == "package.json"
    target = if is_script then line:match('^%s*"([%w:_.-]+)"%s*:%s*"') else line:match("^%s*([%w:_.-]+)%s*:[^=]?") or target
    for _, word in sought do
      if holds(line, word) then
        if is_script and target and line:find(`:%s*".*{(word:gsub("%p", "%%%0"))}`) and target ~= word then
          table.insert(found, target)
        elseif path:find("%.sh$") then
          table.insert(found, base)
        elseif not is_script and target then
          table.insert(found, target)
        end
      end
    end
  end
  return found
end

-- Names that say too little to be looked for.
local COMMON = { test = true, tests = true, build = true, start = true, dev = true, version = true, image = true, name = true, all = true }

-- Whether a job runs one of the words, itself or through a script that has it: true, false, or nil when jobs are written elsewhere or nowhere.
function pipelines.run(repo, sought)
  local text, is_open = pipelines.text(repo)
  local names = table.clone(sought)
  local paths = {}
  for _, glob in NAMED do
    for _, path in repo:holding(glob, sought) do
      paths[path] = true
    end
  end
  for path in paths do
    local file = repo:open(path)
    if file and file.class ~= "vendored" then
      for _, name in names_in(path, file.text, sought) do
        table.insert(names, name)
      end
    end
  end
  for at, name in names do
    if (at <= #sought or not COMMON[name]) and holds(text, name) then
      return true
    end
  end
  -- A script whose name says too little is run by name all the same.
  for at, name in names do
    if at > #sought and COMMON[name] and (holds(text, `run {name}`) or holds(text, `make {name}`) or holds(text, `yarn {name}`) or holds(text, `pnpm {name}`) or holds(text, `npm {name}`)) then
      return true
    end
  end
  return if is_open or #text <= 2 then nil else false
end

return pipelines
