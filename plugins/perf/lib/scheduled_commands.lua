-- Management commands that a clock starts, as schedules in the repository say: a crontab, rules of a cloud, a chart, Celery's beat, maybe by a script of the shell.

local M = {}

-- Where commands are run from, and what only schedules hold.
local FILES = "{*,**/*}"
local RUNS = { "manage.py", "manage-py", "django-admin", "call_command(" }
local CLOCKS = { "cron", "Cron", "CRON", "schedule", "Schedule", "rate(" }
local IDLE = { test = true, vendored = true, example = true }

-- Files that hold schedules of a platform, and what a program is called that runs the command which its message names.
local SCHEDULES = "{*,**/*}.{yml,yaml,json,tf,toml,py,ts}"
local TAKES = { "django.core.management.call_command", "django.core.management.execute_from_command_line" }

local named, scripts = nil, nil

-- A line without what is commented out.
local function uncommented(line)
  return not line:find("^%s*#") and not line:find("^%s*//") and not line:find("^%s*%*") and line or ""
end

local function add_commands(line, out)
  for name in line:gmatch("manage[%.%-]py[%w%-]*[\"',%s]+([%w_]+)") do
    out[name] = true
  end
  for name in line:gmatch("django%-admin[\"',%s]+([%w_]+)") do
    out[name] = true
  end
  for name in line:gmatch("call_command%(%s*[\"']([%w_]+)") do
    out[name] = true
  end
end

-- Commands as lists hold them, a word a line: `- manage.py` and beneath it `- load_rates`.
local function add_listed(text, out)
  for name in text:gmatch("manage%.py[\"']?,?[ \t]*\r?\n[ \t]*%-?[ \t]*[\"']?([%w_]+)[\"']?,?[ \t]*%f[\r\n]") do
    out[name] = true
  end
end

local function has_clock(path, text)
  for _, word in CLOCKS do
    if path:find(word, 1, true) or text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a path may hold a schedule: what explains or starts commands by hand names them as well.
local function is_asked(path, class)
  return not IDLE[class] and not path:find("%.md$") and not path:find("%.rst$") and not path:find("%.txt$") and not path:find("management/commands/", 1, true) and not path:find("docs?/")
end

-- Whether code of the project runs whatever command it is told to: a function that a schedule sends messages to, such as `{"command": "load_rates"}`.
local function takes_any(repo)
  for _, call in repo:calls(TAKES) do
    local what = call:arg(1)
    if what and call:reach() ~= "test" and not call.file.path:find("management/commands/", 1, true) and not call.file.path:find("manage%.py$") and not select(2, what:literal()) and what.kind ~= "list" then
      return true
    end
  end
  return false
end

-- The commands that schedules hold as a word in quotes, for a program that runs what it is told to.
local function read_messages(repo)
  local commands, texts = {}, {}
  for _, path in repo:paths("**/management/commands/*.py") do
    local name = path:match("([%w_]+)%.py$")
    -- A plain word says other things as well.
    if name and name:find("%w_%w") then
      commands[name] = true
      table.insert(texts, name)
    end
  end
  for _, path in #texts > 0 and takes_any(repo) and repo:holding(SCHEDULES, texts) or {} do
    local file = repo:open(path)
    if not file or not is_asked(path, file.class) or not has_clock(path, file.text) then
      continue
    end
    for line in file.text:gmatch("[^\r\n]+") do
      for name in uncommented(line):gmatch("[\"']([%w_]+)%f[^%w_][\"'\\]") do
        named[name] = named[name] or commands[name]
      end
    end
  end
end

local function read(repo)
  named, scripts = {}, {}
  read_messages(repo)
  for _, path in repo:holding(FILES, RUNS) do
    local file = repo:open(path)
    if not file or not is_asked(path, file.class) then
      continue
    end
    local commands, is_clock = {}, has_clock(path, file.text)
    for line in file.text:gmatch("[^\r\n]+") do
      add_commands(uncommented(line), commands)
    end
    add_listed(file.text, commands)
    if path:find("%.sh$") then
      scripts[path:match("[^/]*$")] = commands
    end
    for name in is_clock and commands or {} do
      named[name] = true
    end
  end
  -- A script that a schedule names runs what stands in it.
  if next(scripts) == nil then
    return
  end
  local wanted = {}
  for name in scripts do
    table.insert(wanted, name)
  end
  for _, path in repo:holding(FILES, wanted) do
    local file = repo:open(path)
    if not file or not is_asked(path, file.class) or path:find("%.sh$") or not has_clock(path, file.text) then
      continue
    end
    for line in file.text:gmatch("[^\r\n]+") do
      for name, commands in scripts do
        for command in uncommented(line):find(name, 1, true) and commands or {} do
          named[command] = true
        end
      end
    end
  end
end

-- Whether the code at a place runs, by the way to it, in a management command that a clock starts.
function M.runs(place, repo)
  local first = place:route()[1]
  local name = first and first.path:match("management/commands/([%w_]+)%.py$")
  if not name then
    return false
  end
  if not named then
    read(repo)
  end
  return named[name] == true
end

return M
