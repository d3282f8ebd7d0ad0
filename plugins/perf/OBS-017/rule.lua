-- Whether metrics leave the service, and metrics that do not.

local presence = require("presence")
local service = require("service")

local SHOWN = { "calls", "imports", "route", "scrape", "agent" }

-- Metrics that nothing hands to anybody, at the first of them.
local function check_kept(repo, report)
  for _, path in repo:matched("metric") do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and not service.is_for_development(file.path_below_named) and file.root:descendants("call") or {} do
      local library = call:fact("metric")
      if library then
        report({ at = call, message = `{library} keeps this metric, and no endpoint and no gateway of this repository hands it to a collector`, confidence = "medium" })
        return true
      end
    end
  end
  return false
end

-- Whether gunicorn reads a file: by its name, or because a command names it.
local function is_read(repo, path)
  local name = path:match("[^/]*$")
  if path:find("gunicorn", 1, true) then
    return true
  end
  for _, command in repo:matched("settings named") do
    local file = repo:open(command)
    if file and file.text:find(name, 1, true) then
      return true
    end
  end
  return false
end

local function deployed(repo, path)
  local file = repo:open(path)
  return file and file.class ~= "test" and file.class ~= "example" and file.class ~= "vendored" and not service.is_for_development(file.path_below_named) and file or nil
end

-- The setting of several processes in a file that gunicorn reads.
local function check_settings(repo, report)
  for _, path in repo:matched("settings") do
    local file = deployed(repo, path)
    local number = 0
    for _, line in file and is_read(repo, path) and string.split(file.text, "\n") or {} do
      number += 1
      local value = line:match("^workers%s*=%s*(.-)%s*$")
      if value and (value:find("cpu_count", 1, true) or (tonumber(value:match("^%d+")) or 0) > 1) then
        report({
          at = file:line_span(number),
          message = `gunicorn starts several processes (\`{value}\`), each of which counts for itself: the metrics' endpoint answers for the one that takes the request, and \`PROMETHEUS_MULTIPROC_DIR\` is set nowhere`,
          confidence = "medium",
        })
        return true
      end
    end
  end
  return false
end

-- The number behind an option of a server, as a variable of a script may give it: `--workers $WORKERS` where that is `${WORKERS:-3}`.
local function number_of(text, line)
  for _, option in { "%-%-workers", "%-w" } do
    local count = line:match(option .. "[\"']?[ =,]+[\"']?(%d+)")
    local default = line:match(option .. "[ =]+\"?%${[%w_]+:%-(%d+)}")
    local name = line:match(option .. "[ =]+\"?%${?([%a_][%w_]*)")
    count = count or default or name and text:match(`%f[%w_]{name}=[\"']?%$\{{name}:%-(%d+)\}`) or name and text:match(`%f[%w_]{name}=[\"']?(%d+)`)
    if count then
      return tonumber(count)
    end
  end
  return nil
end

-- Several processes behind one endpoint, at the command that starts them.
local function check_processes(repo, report)
  if #repo:matched("client") == 0 or #repo:matched("multiprocess") > 0 or check_settings(repo, report) then
    return
  end
  for _, path in repo:matched("workers") do
    local file = repo:open(path)
    local number = 0
    for _, line in file and file.class ~= "test" and file.class ~= "example" and not service.is_for_development(file.path_below_named) and string.split(file.text, "\n") or {} do
      number += 1
      local program = not line:find("^%s*#") and (line:match("gunicorn") or line:match("uvicorn") or line:match("hypercorn"))
      local count = program and number_of(file.text, line)
      if count and count > 1 then
        report({
          at = file:line_span(number),
          message = `{program} starts {count} processes, each of which counts for itself: the metrics' endpoint answers for the one that takes the request, and \`PROMETHEUS_MULTIPROC_DIR\` is set nowhere`,
          confidence = "medium",
        })
        return
      end
    end
  end
end

local function check_repository(repo, report)
  local is_shown = presence.first(repo, SHOWN) ~= nil
  if is_shown then
    check_processes(repo, report)
  elseif presence.runs(repo) and check_kept(repo, report) then
    return nil
  end
  return presence.verdict(repo, {
    shown = SHOWN,
    about = presence.runs,
    nothing = "nothing in this repository answers requests or takes jobs",
    missing = "no metric of this repository can be fetched; link the metrics' endpoint, or the collector's target",
  })
end

return { check_repository = check_repository }
