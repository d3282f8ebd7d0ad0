-- Commands of the shell in what deploys a repository: scripts, makefiles, workflows, build steps, scripts of package.json.

local M = {}

-- Keys whose text is a script.
local SCRIPTS = { "run", "script", "before_script", "after_script", "inlineScript", "commands" }

-- Adds the commands of a text or of each text in a list.
local function add_scripts(all, node)
  if node.kind == "list" then
    for _, item in node:entries() do
      add_scripts(all, item)
    end
    return
  end
  for _, command in node:commands() do
    table.insert(all, command)
  end
end

-- Build steps name the program by their entrypoint, or by an image that is made for one.
local function add_step(all, args)
  local step = args:parent()
  local entry, name = step and step:get("entrypoint"), step and step:get("name")
  local program = if entry and entry.kind == "scalar" then entry.text else nil
  if not program and name and name.text:find("gcloud", 1, true) then
    program = "gcloud"
  end
  for _, command in args:commands(program) do
    table.insert(all, command)
  end
end

-- What a function of the script is given as one word, `deploy_if_built "gcloud run deploy api"`, is a script as well.
local function add_words(all, file, command)
  local shows = command.name == "echo" or command.name == "printf"
  for at, word in command.args do
    local span = not shows and word:find("^%s*gcloud%s") and command:arg_at(at)
    local quote = span and span.source:sub(1, 1)
    if quote == '"' or quote == "'" then
      for _, inner in file:span(span.first + 1, span.last - 1):commands() do
        table.insert(all, inner)
      end
    end
  end
end

-- The commands in the file at `path`, and the file.
function M.of(repo, path)
  local file = repo:open(path)
  if not file then
    return {}
  end
  local all = {}
  for _, command in file:commands() or {} do
    table.insert(all, command)
  end
  for _, top in file.documents or {} do
    for _, key in SCRIPTS do
      for _, node in top:find_all(key) do
        add_scripts(all, node)
      end
    end
    for _, args in top:find_all("args") do
      add_step(all, args)
    end
    for _, scripts in path:find("package%.json$") and top:find_all("scripts") or {} do
      for _, node in scripts:entries() do
        add_scripts(all, node)
      end
    end
  end
  local written = #all
  for at = 1, written do
    add_words(all, file, all[at])
  end
  return all, file
end

return M
