-- Tracers that record every request: what their code says of a sampler, and what the settings of their service say for it.

local branch = require("branch")
local imports = require("imports")
local layout = require("layout")
local service = require("service")
local trace_settings = require("trace_settings")
local words = require("words")

-- Rates from which on a sampler keeps about everything.
local EVERYTHING = 0.9

-- What the class around gives an attribute that is read from itself: `cls.TRACES_RATE`, `self.TRACES_RATE`.
local function of_class(node)
  local base = node.kind == "attr" and node:child("value")
  local class = base and (base.text == "cls" or base.text == "self") and node:enclosing("class")
  for _, assign in class and class:child("body"):children() or {} do
    local target = assign.kind == "assign" and assign:child("target")
    if target and target.kind == "name" and target.text == node.text then
      return assign:child("value")
    end
  end
  return nil
end

-- The rate that an expression has, as far as the code tells (a literal, a constant, the default behind the environment), and where it is written.
local function rate_of(node, depth)
  if not node or depth > 4 then
    return nil
  end
  local literal, known = node:literal()
  if known and node.kind ~= "name" then
    local rate = literal == true and 1 or tonumber(literal)
    return rate, node
  end
  if node.kind == "logic" then
    local list = node:children()
    return rate_of(list[#list], depth + 1)
  end
  if node.kind == "call" then
    -- `float(os.environ.get("RATE", "1.0"))`, `Number(process.env.RATE ?? 1)`
    local name = node.name
    if name == "float" or name == "Number" or name == "parseFloat" then
      return rate_of(node:arg(1), depth + 1)
    end
    if name == "getenv" or (name == "get" and (node.source:find("environ", 1, true) or node.source:lower():find("config", 1, true))) or name == "env" or name == "config" then
      return rate_of(node:arg("default") or node:arg("fallback") or node:arg(2), depth + 1)
    end
    local receiver = node:receiver()
    if name == "Field" or receiver and receiver.source == "env" then
      -- `env.float("RATE", default=1.0)`, pydantic's `Field(default=1.0)`
      return rate_of(node:arg("default") or node:arg(name == "Field" and 1 or 2), depth + 1)
    elseif name:find("Value$") and receiver and receiver.source == "values" then
      -- django-configurations: `values.FloatValue(1.0)`
      return rate_of(node:arg("default") or node:arg(1), depth + 1)
    end
    return nil
  end
  if node.kind == "name" or node.kind == "attr" then
    return rate_of(node:value() or node:definition() or of_class(node), depth + 1)
  end
  return nil
end

-- Files in which a value without quotes is a value and no expression.
local PLAIN = { "%.ya?ml$", "%.env[^/]*$", "[Dd]ockerfile[^/]*$", "%.sh$", "%.ini$", "%.conf$", "%.properties$", "%.toml$", "%.tpl$" }

local function is_plain(path)
  for _, form in PLAIN do
    if path:find(form) then
      return true
    end
  end
  return false
end

-- What stands behind the sign of an assignment: the word, "" for nothing, nil where something else decides it.
local function word_of(raw, path)
  raw = raw:gsub("^%s+", "")
  -- `${NAME:-word}`
  local default = raw:match("^[\"']?%${[%w_]+:?%-([%w_]+)}")
  if default then
    return default
  elseif raw == "" or raw:find("^#") or raw:find("^[\"']%s*[\"']") or raw:find("^~") or raw:find("^null%f[^%w]") or raw:find("^None%f[^%w]") then
    return ""
  end
  local quote, word = raw:match("^([\"']?)([%a_][%w_%.]*)")
  if not word or quote == "" and not is_plain(path) then
    local number = raw:match("^[\"']?(%d[%d%.]*)")
    return number
  end
  return word
end

-- The words that a file gives a variable, in order: `NAME=word`, `NAME: word`, `"NAME", "word"` where it is set, `name: NAME` with `value: word` behind it.
-- "?" stands for what cannot be read from here. Comments, and code that only reads the variable, give none.
local function words_of(text, path, name)
  local all, at = {}, 1
  while true do
    local first, last = text:find(name, at, true)
    if not first then
      return all
    end
    at = last + 1
    local start = first
    while start > 1 and first - start < 400 and text:byte(start - 1) ~= 10 do
      start -= 1
    end
    local before, rest = " " .. text:sub(start, first - 1), text:sub(last + 1, last + 400)
    local is_comment = before:find("%s#") or before:find("[^:]//")
    if is_comment or before:find("[%w_]$") or before:find("%${?$") or rest:find("^[%w_]") then
      continue
    end
    local behind = rest:gsub("^[\"']?%]?", "")
    local line = behind:match("^[^\r\n]*")
    local raw = line:match("^%s*[|?]*[=:]([^=].*)$") or line:match("^%s*[|?]*[=:]$")
    if raw == nil and before:find("^%s+ENV%s") then
      raw = line:match("^%s+(.*)$")
    end
    if raw == nil and before:lower():find("set_?%a*%([\"']$") then
      raw = line:match("^%s*,(.*)$")
    end
    if raw == nil and before:lower():find("name[\"']?%s*[:=]%s*[\"']?$") then
      raw = behind:match("^%s*,?%s*[\"']?[vV]alue[\"']?%s*[:=]([^\r\n]*)")
      if raw == nil and behind:find("^%s*,?%s*[\"']?[vV]alue_?[fF]rom") then
        raw = "$"
      end
    end
    if raw == nil and before:find("^%s+%-%s*[\"']?$") and line:find("^%s*$") then
      -- An entry of a compose file that hands on what is set outside.
      raw = "$"
    end
    if raw then
      table.insert(all, word_of(raw:find("^[=:]$") and "" or raw, path) or "?")
    end
  end
end

-- Words for a package that deploys the others and serves nobody itself.
local DEPLOYING = words.set("infra", "infrastructure", "iac", "cdk", "pulumi", "terraform", "deploy", "deployment", "deployments", "helm", "charts", "kubernetes", "ops")

local function is_deploying(root)
  for word in root:lower():gmatch("%a+") do
    if DEPLOYING[word] then
      return true
    end
  end
  return false
end

-- Whether a file for the service of `path` decides the sampler by the environment: "sampled" when one samples less, or may; "always" and its path when all keep
-- everything; nil when none speaks. What lies above the services, or deploys them, is for all of them.
local function from_environment(repo, path)
  local always = nil
  local root = service.root(repo, path)
  for _, other in repo:matched("environment") do
    local above = service.root(repo, other)
    local file = (service.is_within(root, above) or is_deploying(above)) and repo:open(other)
    if file and file.class ~= "test" and file.class ~= "example" then
      for _, word in words_of(file.text, other, "OTEL_TRACES_SAMPLER") do
        word = word:lower()
        local rate = word:find("traceidratio", 1, true) and tonumber(words_of(file.text, other, "OTEL_TRACES_SAMPLER_ARG")[1])
        if word:find("always_on", 1, true) or rate and rate >= EVERYTHING then
          always = always or other
        elseif word ~= "" then
          return "sampled", other
        end
      end
    end
  end
  return always and "always", always
end

-- Of what a page traces only Sentry's part counts, a transaction for each page load of each visitor: what it spends on spans of its own costs no service anything.
local function out_of_scope(file, node)
  local reach = node:reach()
  return reach == "test" or reach == "script" or file.class ~= "source" or file.side == "browser" and node:fact("traces") ~= "sentry" or branch.is_for_development(node)
end

-- Whether a sampler is one of several that a setting chooses from: `switch (kind) { case "always_on": ... }`, `ALWAYS_ON if all else TraceIdRatioBased(0.1)`.
local function is_chosen(call)
  local at = call
  while at and at.kind ~= "function" and at.kind ~= "module" do
    local parent = at:parent()
    if parent and parent.kind == "case" and at:role() ~= "test" then
      return true
    elseif parent and (parent.kind == "if" or parent.kind == "conditional") and (at:role() == "body" or at:role() == "else") then
      local other = parent:child(at:role() == "body" and "else" or "body")
      for _, node in other and { other, unpack(other:descendants("call")) } or {} do
        if node.kind == "call" and node:fact("samples") then
          return true
        end
      end
    end
    at = parent
  end
  return false
end

-- The edit that lowers a rate where it is written.
local function keep_one_in_twenty(at)
  local quote = at.kind == "str" and at.source:sub(1, 1) or ""
  return { title = "keep one request in twenty", safety = "unsafe", edits = { { at = at, text = `{quote}0.05{quote}` } } }
end

-- The edits that give an OpenTelemetry provider a sampler which follows its caller and keeps one request in twenty of its own.
local function sample(file, call)
  local args = call:args()
  local last = args[#args]
  local text, edits = nil, {}
  if file.language == "python" then
    text = "sampler=ParentBased(TraceIdRatioBased(0.05))"
    local module, missing = "opentelemetry.sdk.trace.sampling", {}
    for _, name in { "ParentBased", "TraceIdRatioBased" } do
      if not imports.item(file, module, name) then
        table.insert(missing, name)
      end
    end
    edits = #missing > 0 and imports.edits(file, module, table.concat(missing, ", ")) or edits
  elseif file.language == "go" then
    local package = call:receiver()
    if not package then
      return nil
    end
    text = `{package.source}.WithSampler({package.source}.ParentBased({package.source}.TraceIDRatioBased(0.05)))`
  else
    return nil
  end
  if last and last.line ~= call.line then
    local indent = layout.indent(file, last.line)
    table.insert(edits, { after = last, text = `,\n{indent}{text}` })
  elseif last then
    table.insert(edits, { after = last, text = `, {text}` })
  else
    local callee = call:child("callee")
    local rest = callee and call.source:sub(#callee.source + 1)
    if not callee or not rest or not rest:match("^%(%s*%)$") then
      return nil
    end
    table.insert(edits, { at = call, text = `{callee.source}({text})` })
  end
  return { title = "sample one request in twenty, and follow callers that are traced", safety = "unsafe", edits = edits }
end

local function check_sentry(file, call, report)
  local needed = call:fact("needs")
  if needed then
    local value = call:arg(needed)
    if not value or value:literal() ~= true then
      return
    end
  end
  local _, sampler = call:arg(call:fact("sampler"))
  if sampler == "given" then
    return
  end
  local value, state = call:arg(call:fact("rate"))
  if state == "given" then
    local rate, at = rate_of(value, 0)
    if rate and rate >= EVERYTHING then
      report({
        at = value,
        message = `{call:fact("rate")} is {rate}, so {call:fact("tracer") or "Sentry"} traces {rate >= 1 and "every" or "nearly every"} {file.side == "browser" and "page that is loaded, and services follow the page in what they trace" or "request"}`,
        severity = file.side == "browser" and "low" or nil,
        -- Options that cannot be seen may hold a sampler, which wins.
        confidence = (sampler == "hidden" or file.side == "browser") and "medium" or "high",
        notes = { rate = tostring(rate) },
        fix = at.file.path == file.path and keep_one_in_twenty(at) or nil,
      })
    end
    return
  end
  local switch = call:fact("switch")
  if state == "absent" and switch then
    local value, given = call:arg(switch)
    if given == "given" and value:literal() == true then
      report({
        at = value,
        message = `{switch} without a rate traces every request`,
        confidence = "high",
        fix = { title = "trace one request in twenty", safety = "unsafe", edits = { { after = value, text = `, {call:fact("rate")}=0.05` } } },
      })
    end
  end
end

local function check_provider(file, call, report, repo)
  local option = call:fact("option")
  local state = "absent"
  local sampler = nil
  if option then
    for _, arg in call:args() do
      if arg.kind == "call" and arg:is(option) then
        state = "given"
      elseif arg.kind == "spread" or arg.kind == "name" then
        state = "hidden"
      end
    end
  else
    sampler, state = call:arg(call:fact("sampler"))
    local position = tonumber(call:fact("position") or "")
    if state == "absent" and position then
      sampler, state = call:arg(position)
    end
  end
  if state == "given" and sampler and sampler.kind ~= "call" and sampler.source:match("^[%w_%.]*%f[%u]%u*_?ON$") then
    report({ at = sampler, message = `the sampler {sampler.source} records every request`, confidence = "high" })
    return
  end
  if state ~= "absent" then
    return
  end
  local decided, path = from_environment(repo, file.path)
  if decided == "sampled" then
    return
  end
  report({
    at = call,
    message = `{call:target()[1] or call.name} is made without a sampler and then records every request ({call:fact("unsampled")})`,
    confidence = "high",
    notes = { environment = decided and `{path} keeps every trace` or "no OTEL_TRACES_SAMPLER that samples for this service" },
    fix = sample(file, call),
  })
end

-- Whether a file's path says that it is for whoever works on the services.
local function is_for_work(file)
  return file.class ~= "source" or service.is_for_development(file.path_below_named)
end

return {
  check = function(file, matches, report, repo)
    for _, match in matches do
      if match.matcher == "operator" and file.text:find("Instrumentation", 1, true) and not is_for_work(file) then
        report({
          at = match.span,
          message = "the tracer that the operator brings into the containers records every request of every service",
          confidence = "medium",
        })
      end
    end
    if not file.root then
      for _, match in matches do
        if match.matcher == "settings" then
          trace_settings.check(repo, file, report)
          break
        end
      end
      return
    end
    for _, match in matches do
      if match.matcher == "operator" then
        continue
      end
      local call = match.node
      if out_of_scope(file, call) then
        continue
      end
      if match.matcher == "tracer" then
        if call:fact("traces") == "sentry" then
          check_sentry(file, call, report)
        else
          check_provider(file, call, report, repo)
        end
      elseif match.matcher == "sampler" and not is_chosen(call) then
        if call:fact("samples") == "always" then
          report({ at = call, message = `{call:target()[1] or call.name} records every request`, confidence = "high" })
        else
          local first = call:arg(1) or call:arg("rate") or call:arg("fraction")
          local rate, at = rate_of(first, 0)
          if rate and rate >= EVERYTHING then
            report({
              at = call,
              message = `the sampler keeps {rate >= 1 and "every request" or "nearly every request"}`,
              confidence = "high",
              notes = { rate = tostring(rate) },
              fix = at.file.path == file.path and keep_one_in_twenty(at) or nil,
            })
          end
        end
      end
    end
  end,
}
