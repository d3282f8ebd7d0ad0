-- State that requests share, changed while others run: in coroutines at every `await`, in threads and goroutines anywhere.

local function_handlers = require("function_handlers")
local goroutine_maps = require("goroutine_maps")
local races = require("races")
local served_objects = require("served_objects")
local shared_defaults = require("shared_defaults")
local shared_objects = require("shared_objects")
local shared_state = require("shared_state")

local function say(report, found, message, related)
  report({ at = found.at, message = message, confidence = "medium", related = related, notes = { state = found.path } })
end

-- Whether a file is deployed where an instance has one request at a time; `node` is a place in it.
local function is_alone(file, repo, node)
  for _, target in repo:deploy_targets(file.path) do
    if target.name == "lambda" then
      return true
    end
  end
  return file.language ~= "go" and function_handlers.of_route(repo, node) ~= nil
end

local function check_coroutine(func, report)
  for _, found in races.checked_then_set(func) do
    say(report, found, `{found.path} is made when it is missing, and everyone who asks while the first still waits makes another`, {
      { at = found.test, message = "the check, which holds until the await" },
    })
  end
  for _, found in races.written_back(func) do
    say(report, found, `{found.path} is written back with what it was before an await: changes made in between are lost`, {
      { at = found.read, message = "read here" },
    })
  end
end

local function check_thread(func, report)
  for _, found in races.counted(func) do
    say(report, found, `{found.path} is read, changed and written without a lock: of two threads that do so at once, one is lost`)
  end
end

local function check_declared(func, report)
  for _, found in shared_objects.declarations_changed(func) do
    say(report, found, `{found.path} belongs to the class, of which all requests see the same one: what one request changes here, the next ones find`, {
      { at = found.made, message = "made with the class" },
    })
  end
end

-- What a file has that its functions could do wrong: state that they share, classes that declare for a framework, clients that are closed.
local function risks_of(file, language)
  local risks = { is_shared = language == "go" or shared_state.has_any(file) }
  if language == "python" then
    risks.declares, risks.closes = shared_objects.may_change(file)
  end
  return risks
end

local SERVED = {
  map = "the map %s of the object that answers is written by requests at once without a lock, which ends the process",
  number = "%s belongs to the object that answers all requests and is counted without a lock: of two that do so at once, one is lost",
  request = "%s belongs to the object that answers all requests and holds what came with one: another request may find it there",
}

-- What only looks as if each had its own.
local function check_defaults(matches, report, repo)
  local cached = {}
  for _, match in matches do
    if match.matcher == "cached" then
      table.insert(cached, match.node)
    elseif match.matcher == "context" and shared_defaults.is_common_default(match.node, repo) then
      local default = match.node:arg("default")
      say(report, { at = match.node, path = default.source:sub(1, 40) }, `nobody sets this variable, so that all requests share its default and change the same object: what one puts there, the others find`)
    end
  end
  for _, found in #cached > 1 and shared_defaults.caches_apart(cached) or {} do
    say(report, found, `{found.path} is kept by several functions, each under a lock of its own: two threads change it at once all the same`, found.other and { { at = found.other, message = "the other lock" } })
  end
end

local function check(func, language, risks, report)
  if language == "go" then
    for _, found in served_objects.written(func) do
      say(report, found, SERVED[found.sort]:format(found.path))
    end
    for _, found in races.written_maps(func) do
      say(report, found, `the map {found.path} is written by requests at once without a lock, which ends the process`)
    end
    for _, found in races.written_variables(func) do
      say(report, found, `{found.path} belongs to the package and is given a value by requests at once without a lock: one finds what another has put there`)
    end
    return
  end
  if risks.is_shared and func.is_async then
    check_coroutine(func, report)
    for _, found in language ~= "python" and races.handed_over_an_await(func) or {} do
      say(report, found, `{found.path} belongs to the module and holds what came with one request: behind the await it may be what came with another`)
    end
  elseif risks.is_shared and language == "python" then
    check_thread(func, report)
  end
  if language == "python" then
    if risks.declares then
      check_declared(func, report)
    end
    for _, found in risks.closes and shared_objects.clients_replaced(func) or {} do
      say(report, found, `{found.path} is replaced while others may use it, and what is closed later is whichever came last`, {
        { at = found.closed, message = "closed here" },
      })
    end
    for _, found in risks.is_shared and races.handed_over(func) or {} do
      say(report, found, `{found.path} belongs to the module and holds what came with one request: another request may find it there`)
    end
  end
end

local function check_goroutines(file, report)
  for _, found in goroutine_maps.written(file) do
    say(report, found, `the map {found.path} is written by several goroutines at once without a lock, which ends the process`, found.other and { { at = found.other.at, message = "also written here" } })
  end
end

return {
  check = function(file, matches, report, repo)
    shared_state.forget()
    check_defaults(matches, report, repo)
    -- Most files of handlers define classes, which is seen sooner than what they write.
    local language = file.language
    if file.side == "browser" or language ~= "go" and not shared_objects.has_classes(file) and not shared_state.is_written(file) then
      return
    end
    local risks = risks_of(file, language)
    if not (risks.is_shared or risks.declares or risks.closes) then
      return
    end
    local alone = nil
    local function say(found)
      -- Asked only of what was found: it is a question to all that is deployed.
      if alone == nil then
        alone = is_alone(file, repo, found.at)
      end
      if not alone then
        report(found)
      end
    end
    local has_looked = false
    for _, match in matches do
      if match.matcher == "context" or match.matcher == "cached" then
        continue
      elseif match.matcher == "goroutine" then
        if not has_looked then
          has_looked = true
          check_goroutines(file, say)
        end
        continue
      end
      local is_hook = match.matcher == "hook"
      local node = not (is_hook and not risks.declares) and match.node
      local func = node and node:func()
      if not func or not func.node:same(node) then
        continue
      elseif is_hook then
        if func.reach == "unknown" then
          check_declared(func, say)
        end
      else
        check(func, language, risks, say)
      end
    end
  end,
}
