-- Switches that keep a data warehouse from answering with a result that it still has.

local words = require("words")

-- Code that measures: there the cache would be in the way.
local MEASURING = { "bench", "tpc", "experiment", "loadtest", "load_test", "perf_test", "perftest", "demo", "tutorial", "notebook", "sample", "workshop", "profil", "lab/", "labs/" }
-- Conditions by which a caller asks for a fresh answer.
local WHEN = { "if", "conditional", "switch", "case" }

local function is_measuring(file)
  return words.any_in(file.path_below_named, MEASURING)
end

local function is_measured(node)
  return words.any_in(node:symbol(), { "bench", "measure", "dry", "estimate", "profile", "explain" })
end

local FALSE = { ["false"] = true, off = true, ["0"] = true }

local function is_off(value)
  local literal, known = value:literal()
  return known and (literal == false or type(literal) == "string" and FALSE[literal:lower()] == true)
end

-- Whether a line only speaks of it.
local function is_comment(line)
  return line:find("^%s*#") ~= nil or line:find("^%s*//") ~= nil or line:find("^%s*%-%-") ~= nil
end

-- Whether an argument is switched on, or cannot be seen.
local function may_be_on(call, name)
  local value, state = call:arg(name)
  if state == "absent" then
    return false
  end
  return not (value and state == "given" and is_off(value)) or state == "hidden"
end

local function flip(value, text)
  return (value.kind == "bool") and { title = "let the warehouse answer from its cache", safety = "unsafe", edits = { { at = value, text = text } } } or nil
end

local function say(report, at, warehouse, confidence, fix)
  report({ at = at, message = `{warehouse} computes this again each time, although it still has the result`, confidence = confidence, fix = fix })
end

local function confidence_of(node)
  return node:reach() == "request" and "high" or "medium"
end

-- Statements that say it.
local function check_text(node, report)
  local lower = (node:joined() or node.text):lower()
  local warehouse = lower:find("enable_result", 1, true) and "Redshift" or "The warehouse"
  local name = lower:find("use_cached_result", 1, true) and "use_cached_result" or "enable_result_cache_for_session"
  if lower:find(name .. "%s*=%s*'?false") or lower:find(name .. "%s*=%s*'?off") or lower:find(name .. "%s+to%s+'?false") or lower:find(name .. "%s+to%s+'?off") then
    if not node:enclosing(WHEN) then
      say(report, node, warehouse, confidence_of(node))
    end
  end
end

local function check_config(call, report)
  local value, state = call:arg("use_query_cache")
  if value and state == "given" and is_off(value) and not may_be_on(call, "dry_run") and not may_be_on(call, "destination") and not call:enclosing(WHEN) then
    say(report, call, "BigQuery", confidence_of(call), flip(value, "True"))
  end
end

local function check_job(call, report)
  local value, state = call:arg("useQueryCache")
  if value and state == "given" and is_off(value) and not may_be_on(call, "dryRun") and not may_be_on(call, "destination") and not call:enclosing(WHEN) then
    say(report, call, "BigQuery", confidence_of(call), flip(value, "true"))
  end
end

-- `config.use_query_cache = False`, `q.DisableQueryCache = true`.
local function check_assigned(node, report)
  local target, value = node:child("target"), node:child("value")
  local func = node:func()
  local literal = value and value:literal()
  local is_go = node.file.language == "go"
  if not target or literal ~= is_go or node:enclosing(WHEN) then
    return
  end
  for _, other in func and func.node:descendants("assign") or {} do
    local name = other:child("target")
    if name and (name.text == "dry_run" or name.text == "DryRun" or name.text == "destination" or name.text == "Dst") then
      return
    end
  end
  for _, call in func and func.node:descendants("call") or {} do
    if call.name == "QueryJobConfig" and (may_be_on(call, "dry_run") or may_be_on(call, "destination")) then
      return
    end
  end
  say(report, node, "BigQuery", confidence_of(node), flip(value, is_go and "false" or "True"))
end

return {
  check = function(file, matches, report)
    if is_measuring(file) or file.side == "browser" then
      return
    end
    for _, match in matches do
      local node = match.node
      if match.matcher == "file" or match.matcher == "entry" then
        if not is_comment(file:line_span(match.span.line).source) then
          say(report, match.span, match.span.source:lower():find("enable_result", 1, true) and "Redshift" or "The warehouse", "medium")
        end
      elseif node and not is_measured(node) then
        if match.matcher == "text" then
          check_text(node, report)
        elseif match.matcher == "config" then
          check_config(node, report)
        elseif match.matcher == "job" then
          check_job(node, report)
        else
          check_assigned(node, report)
        end
      end
    end
  end,
}
