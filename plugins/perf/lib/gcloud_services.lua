-- Services that `gcloud run deploy` and `gcloud functions deploy` make, and what later commands set on them.

local deploy_commands = require("deploy_commands")
local setting = require("setting")
local words = require("words")

local M = {}

-- Options of `gcloud` that stand alone; every other takes the next word, unless it is written with `=`.
local ALONE = words.set(
  "--allow-unauthenticated", "--no-allow-unauthenticated", "--async", "--no-async", "--cpu-throttling", "--no-cpu-throttling", "--cpu-boost", "--no-cpu-boost", "--quiet", "-q", "--no-traffic",
  "--trigger-http", "--gen2", "--no-gen2", "--clear-env-vars", "--clear-labels", "--clear-secrets", "--session-affinity", "--use-http2", "--no-use-http2", "--retry", "--tag-latest", "--default-url",
  "--deploy-health-check", "--no-deploy-health-check", "--serve-all-traffic-latest-revision", "--clear-vpc-connector", "--invoker-iam-check", "--no-invoker-iam-check"
)

-- The options of a command with their words' positions; nil when a word stands among them that may be any options.
local function options_of(command, from)
  local options, name, at = {}, nil, from
  local is_open = false
  while at <= #command.args do
    local word = command.args[at]
    local key, value = word:match("^(%-%-?[%w-]+)=(.*)$")
    if key then
      options[key] = { value = value, at = at, known = command:is_known(at) }
    elseif word:sub(1, 1) == "-" and #word > 1 then
      local takes = not ALONE[word] and at < #command.args and command.args[at + 1]:sub(1, 2) ~= "--"
      options[word] = { value = takes and command.args[at + 1] or nil, at = at, known = not takes or command:is_known(at + 1) }
      at += takes and 1 or 0
    elseif not name then
      name = { text = word, at = at, known = command:is_known(at) }
    elseif not command:is_known(at) then
      is_open = true
    end
    at += 1
  end
  -- A lone variable in the place of the name may hold options as well as a name.
  return options, name, is_open or options["--flags-file"] ~= nil
end

-- What a command of gcloud does: "run" or "functions", "deploy" or "update", and where its own words begin.
local function action_of(command)
  if command.name ~= "gcloud" then
    return nil
  end
  local at = 1
  while command.args[at] == "beta" or command.args[at] == "alpha" do
    at += 1
  end
  local group, verb = command.args[at], command.args[at + 1]
  if (group == "run" or group == "functions") and verb == "deploy" then
    return group, "deploy", at + 2
  elseif group == "run" and verb == "services" and command.args[at + 2] == "update" then
    return group, "update", at + 3
  end
  return nil
end

local function read(command, options, is_open, names)
  for _, name in names do
    local option = options[name]
    if option then
      local at = command:arg_at(option.at)
      -- The value is the option's own word, or the next one.
      local is_inline = command.args[option.at]:find("=", 1, true)
      return option.known and setting.given(option.value, at, if is_inline then at else command:arg_at(option.at + 1)) or setting.HIDDEN
    end
  end
  return if is_open then setting.HIDDEN else setting.ABSENT
end

local function service_of(command, file, group, from)
  local options, name, is_open = options_of(command, from)
  local service = {
    source = "gcloud", platform = if group == "run" then "cloud-run" else "cloud-functions", at = command, file = file, command = command, verb_at = from - 1,
    name = if name and name.known then name.text else nil, name_at = name and name.at,
    minimum = read(command, options, is_open, { "--min-instances", "--min" }),
    memory = read(command, options, is_open, { "--memory" }), unit = "bytes",
    cpu = read(command, options, is_open, { "--cpu" }),
    concurrency = read(command, options, is_open, { "--concurrency" }),
    throttling = setting.ABSENT,
  }
  if is_open then
    service.throttling = setting.HIDDEN
  elseif options["--no-cpu-throttling"] then
    service.throttling = setting.given("false")
  elseif options["--cpu-throttling"] then
    local at = command:arg_at(options["--cpu-throttling"].at)
    service.throttling = setting.given("true", at, at)
  end
  if group == "functions" and not options["--gen2"] then
    service.concurrency = setting.given(1)
  end
  local is_event = options["--trigger-topic"] or options["--trigger-bucket"] or options["--trigger-event"] or options["--trigger-event-filters"]
  local written = name and name.text:lower() or ""
  if is_event then
    service.trigger = "background"
  elseif written:find("preview", 1, true) or written:find("%f[%a]pr%-%$") then
    service.trigger = "unknown" -- What lives as long as a pull request may be slow.
  elseif options["--allow-unauthenticated"] or options["--no-invoker-iam-check"] then
    service.trigger = "public"
  elseif options["--no-allow-unauthenticated"] then
    service.trigger = "private"
  else
    service.trigger = "unknown"
  end
  return service
end

-- The step of a workflow that deploys with Google's action, if `node` is one.
local function service_of_action(node, file)
  local uses = node:get("uses")
  if not uses or not uses.text:find("^google%-github%-actions/deploy%-cloudrun@") then
    return nil
  end
  local flags = node:get("with.flags")
  local command = flags and flags:commands("gcloud run deploy")[1]
  local metadata = node:get("with.metadata")
  if metadata then
    return nil -- It applies a manifest, which is a service of its own.
  end
  local service
  if command then
    service = service_of(command, file, "run", 3)
  else
    service = { source = "gcloud", platform = "cloud-run", file = file, trigger = "unknown" }
    for _, key in { "minimum", "memory", "cpu", "concurrency", "throttling" } do
      service[key] = setting.ABSENT
    end
  end
  service.at, service.unit, service.action = uses, "bytes", node
  local name = node:get("with.service")
  service.name = name and name.kind == "scalar" and name.text or nil
  return service
end

-- The services that the files at `files` deploy; what `gcloud run services update` sets on one counts for it.
function M.collect(repo, files)
  local all, updates = {}, {}
  for _, path in files do
    local commands, file = deploy_commands.of(repo, path)
    for _, command in commands do
      local group, verb, from = action_of(command)
      if verb == "deploy" then
        table.insert(all, service_of(command, file, group, from))
      elseif verb == "update" then
        table.insert(updates, service_of(command, file, group, from))
      end
    end
    for _, top in file and file.documents or {} do
      for _, uses in top:find_all("uses") do
        local service = service_of_action(uses:parent(), file)
        if service then
          table.insert(all, service)
        end
      end
    end
  end
  for _, update in updates do
    for _, service in all do
      if service.name == update.name or not update.name then
        for _, key in { "minimum", "memory", "cpu", "concurrency" } do
          if update[key].state ~= "absent" and service[key].state == "absent" then
            service[key] = update[key]
          end
        end
      end
    end
  end
  return all
end

return M
