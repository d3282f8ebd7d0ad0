-- Alerts of Prometheus: those of rule files, of PrometheusRule manifests, and of Helm templates and values as far as they can be read as text.

local promql = require("promql")

local M = {}

-- A value as it stands behind its key; `{{ .x }}` of a template stays in it.
local function value_of(text)
  local double, single = text:match('^"(.*)"%s*$'), text:match("^'(.*)'%s*$")
  if double then
    return (double:gsub('\\"', '"'):gsub("\\\\", "\\"))
  end
  return if single then (single:gsub("''", "'")) else (text:gsub("%s+#.*$", ""))
end

-- The alerts of a text, line by line: {name, expr, wait, text, at, wait_at}. `wait` is nil where no `for:` stands, and what is written there else; `text` is
-- what stands behind the name, annotations included.
local function read_lines(file)
  local all, records, current, block, last = {}, {}, nil, nil, nil
  local number = 0
  for line in (file.text .. "\n"):gmatch("([^\n]*)\n") do
    number += 1
    line = line:gsub("\r$", "")
    local indent = #line:match("^%s*")
    if current and current.alert and not line:find("^%s*#") then
      table.insert(current.texts, line)
    end
    if block then
      if line:find("^%s*$") then
        continue
      elseif indent > block.indent then
        table.insert(block.lines, line)
        continue
      end
      block.owner[block.key] = table.concat(block.lines, "\n")
      block = nil
    end
    local dash, key, text = line:match("^(%s*%-?%s*)[\"']?([%a_]+)[\"']?:%s*(.-)%s*$")
    if key and not line:find("^%s*%-?%s*[\"']?[%a_]+[\"']?:%s") and text ~= "" then
      key = nil
    end
    if not key or line:find("^%s*#") then
      if current and last and indent > current.column and not line:find("^%s*#") then
        -- A value that goes on in the next line.
        current[last] = `{current[last]} {line:match("^%s*(.-)%s*$")}`
      end
      continue
    end
    last = nil
    local column = #dash
    local is_entry = dash:find("-", 1, true) ~= nil
    if is_entry and not (current and current.alert and column > current.column) or current and column < current.column then
      -- A new entry of a list, or the end of the one before.
      current = nil
      if is_entry then
        current = { column = column, line = number, texts = {} }
        table.insert(all, current)
      end
    end
    if current and column == current.column then
      if text:find("^[|>][%d+-]*%s*$") then
        block = { owner = current, key = key, lines = {}, indent = column }
      else
        current[key] = value_of(text)
        last = if key == "expr" then key else nil
      end
      if key == "alert" then
        current.line = number
      elseif key == "for" then
        current.wait_line = number
      end
    end
  end
  if block then
    block.owner[block.key] = table.concat(block.lines, "\n")
  end
  local alerts = {}
  for _, entry in all do
    if entry.alert and entry.expr then
      table.insert(alerts, {
        name = entry.alert, expr = entry.expr, wait = entry["for"], text = table.concat(entry.texts, "\n"), file = file, at = file:line_span(entry.line),
        wait_at = entry.wait_line and file:line_span(entry.wait_line),
      })
    elseif entry.record and entry.expr then
      records[entry.record] = entry.expr
    end
  end
  return alerts, records
end

-- Every alert in the files at `paths`, and what is recorded under which name.
function M.collect(repo, paths)
  local alerts, records = {}, {}
  for _, path in paths do
    local file = repo:open(path)
    local own, recorded = {}, {}
    if file then
      own, recorded = read_lines(file)
    end
    for _, alert in own do
      table.insert(alerts, alert)
    end
    for name, expr in recorded do
      records[name] = expr
    end
  end
  return alerts, records
end

-- An expression with the recorded ones in place of their names, once.
function M.resolved(expr, records)
  for _, name in promql.metrics(expr) do
    local recorded = name:find(":", 1, true) and records[name]
    if recorded then
      local from, to = expr:find(name, 1, true)
      local labels = expr:match("^%s*(%b{})", to + 1)
      expr = `{expr:sub(1, from - 1)}({recorded}){expr:sub(to + 1 + (labels and #(expr:match("^%s*%b{}", to + 1)) or 0))}`
    end
  end
  return expr
end

return M
