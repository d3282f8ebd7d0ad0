-- An import is a finding when a process that is started on demand pays for it at every start and nothing needs it by then: the
-- way from the entry point to the file runs over imports that are not conditional, and the names it binds are read in functions
-- and annotations only. One finding per package and file.

local branch = require("branch")
local imports = require("imports")
local layout = require("layout")
local words = require("words")

-- What a cold start has to take longer for, in milliseconds, before it is worth a finding.
local LEAST = 150

-- The import is written into at most this many functions; with more the fix is the reader's.
local MOST_FUNCTIONS = 4

-- Programs that deploy other code are not what starts on demand.
local DEPLOYING = { "aws_cdk**", "pulumi**", "cdktf**", "troposphere**" }

-- An import of Python or JavaScript: what it takes, and what it is called here. `require` counts as one.
local function parts_of(node)
  local names, bound = {}, {}
  if node.kind == "import" then
    for _, item in node:children("item") do
      if item.text ~= "" then
        table.insert(names, item.text)
      end
      for _, name in item:descendants("name") do
        bound[name.text] = true
      end
    end
    return node.text, names, bound
  end
  local module = node:arg(1)
  local assign = node:enclosing("assign")
  local target = assign and assign:child("target")
  if target and target.kind == "name" then
    bound[target.text] = true
  elseif target then
    for _, name in target:descendants("name") do
      bound[name.text] = true
    end
  end
  return module and module.text or "", names, bound
end

-- What facts say of an import: of the module, or of the heaviest of the names taken from it.
local function weight_of(repo, node)
  local module, names = parts_of(node)
  local prefix = (node.file.language == "python" and "import " or "require ") .. module
  local best = repo:fact(prefix)
  for _, name in names do
    local fact = repo:fact(prefix .. "." .. name)
    if fact and fact.import_ms and (not best or not best.import_ms or tonumber(fact.import_ms) > tonumber(best.import_ms)) then
      best = fact
    end
  end
  if best and best.import_ms then
    return best
  end
  return nil
end

-- Everything at the top level of a file that imports something.
local function imports_of(file)
  local all = {}
  for _, node in file.root:descendants({ "import", "call" }) do
    if (node.kind == "import" or node.name == "require") and not node:func() then
      table.insert(all, node)
    end
  end
  return all
end

-- Whether a statement runs only under some condition, or may fail without harm.
local function is_conditional(node)
  if node:enclosing({ "if", "switch", "conditional" }) then
    return true
  end
  local try = node:enclosing("try")
  for _, handler in try and try:children("handler") or {} do
    local head = handler.source:match("^[^\n]*")
    if head:find("ImportError", 1, true) or head:find("ModuleNotFoundError", 1, true) or head:find("^except%s*:") or head:find("Exception", 1, true) then
      return true
    end
  end
  return false
end

-- When a name is read: "load" while the file is loaded, "annotation", or "function" with the outermost function that reads it.
local function read_at(name)
  local inside, is_annotation = nil, false
  local child, at = name, name:parent()
  while at do
    local role = child:role()
    if role == "type" or role == "returns" then
      is_annotation = true
    elseif at.kind == "function" and role ~= "param" and role ~= "decorator" and role ~= "default" then
      inside = at
    end
    child, at = at, at:parent()
  end
  if is_annotation then
    return "annotation", inside
  end
  return inside and "function" or "load", inside
end

-- Whether one of the entry points `starts` loads a file.
local function is_loaded_by(repo, path, starts)
  for _, way in repo:loaded_by(path) do
    if starts[way[1].path] then
      return true
    end
  end
  return false
end

-- Whether a function runs while the entry points `starts` are loaded.
local function runs_at_load(repo, fn, starts, depth)
  if not fn or depth > 3 then
    return false
  end
  for _, caller in fn:callers() do
    local around = caller:func()
    if around then
      if runs_at_load(repo, around, starts, depth + 1) then
        return true
      end
    elseif not branch.runs_as_program(caller) and is_loaded_by(repo, caller.file.path, starts) then
      return true
    end
  end
  return false
end

-- Everything a file loads of one package, and when it reads what that binds.
local function group_of(repo, file, package, starts)
  local group = { nodes = {}, ms = 0, functions = {}, annotations = {}, used = {}, at_load = nil, reads = 0, fact = nil }
  local bound = {}
  for _, node in imports_of(file) do
    local fact = weight_of(repo, node)
    if fact and fact.package == package then
      table.insert(group.nodes, node)
      if tonumber(fact.import_ms) >= group.ms then
        group.ms, group.fact = tonumber(fact.import_ms), fact
      end
      local _, _, names = parts_of(node)
      for name in names do
        bound[name] = true
      end
      if node.kind == "import" and node.source:find("import *", 1, true) and file.language == "python" then
        group.at_load = node
      end
    end
  end
  local known = {}
  for _, name in file.root:descendants("name") do
    if bound[name.text] and name:role() ~= "target" and name:role() ~= "param" then
      local when, fn = read_at(name)
      group.reads += 1
      if when == "annotation" then
        table.insert(group.annotations, name)
      elseif when == "load" or runs_at_load(repo, fn:func(), starts, 0) then
        group.at_load = group.at_load or name
      else
        if not known[fn.id] then
          known[fn.id] = true
          table.insert(group.functions, fn)
          group.used[fn.id] = {}
        end
        group.used[fn.id][name.text] = true
      end
    end
  end
  return group
end

-- Whether a platform runs the language of a file: a site's `netlify.toml` says nothing of a server in Python beside it.
local function runs(platform, start)
  if start.language ~= "python" then
    return true
  end
  return platform ~= "netlify" and (platform ~= "vercel" or start.path:find("api/", 1, true) ~= nil)
end

-- The ways on which an entry point that starts on demand loads the file, shortest first.
local function cold_ways(repo, file)
  local ways = {}
  for _, way in repo:loaded_by(file.path) do
    local start = repo:open(way[1].path)
    local is_open = start ~= nil and not start:imports(DEPLOYING)
    for _, hop in way do
      if hop.import and is_conditional(hop.import) then
        is_open = false
      end
    end
    if is_open then
      local zero, kept = nil, false
      for _, target in repo:deploy_targets(way[1].path) do
        if target.scales_to_zero and runs(target.name, start) then
          zero = zero or target
        else
          kept = true
        end
      end
      if zero then
        table.insert(ways, { hops = way, target = zero, kept = kept })
      end
    end
  end
  table.sort(ways, function(left, right)
    if left.kept ~= right.kept then
      return right.kept
    end
    if #left.hops ~= #right.hops then
      return #left.hops < #right.hops
    end
    return left.hops[1].path < right.hops[1].path
  end)
  return ways
end

-- Whether something else on the same ways needs the package, or one that brings it, as soon as it is loaded: then nothing is won
-- by moving this import.
local function is_needed_anyway(repo, file, package, starts)
  local modules = { package .. "**" }
  for bringer in words.alternatives((repo:fact("brings " .. package) or {}).by) do
    table.insert(modules, bringer .. "**")
  end
  for _, path in repo:importers(modules) do
    local other = path ~= file.path and repo:open(path)
    if other and other.root and other.class == "source" then
      if is_loaded_by(repo, path, starts) then
        for _, module in modules do
          if group_of(repo, other, module:sub(1, -3), starts).at_load then
            return true
          end
        end
      end
    end
  end
  return false
end

-- Whether every read lies in the one function that the platform calls: then each invocation needs it.
local function is_all_in_handler(file, group, ways)
  if #group.functions ~= 1 or #group.annotations > 0 then
    return false
  end
  local fn = group.functions[1]:func()
  local first = fn and fn.params[1]
  return first ~= nil and #fn:callers() == 0 and #ways[1].hops == 1 and #fn:route() == 1 and (first.text == "event" or first.text == "request")
end

-- Whether the file imports another package that brings this one: one finding is enough.
local function is_brought(repo, file, package)
  local bringers = words.alternatives((repo:fact("brings " .. package) or {}).by)
  for _, node in imports_of(file) do
    local fact = weight_of(repo, node)
    if fact and fact.package and bringers[fact.package] then
      return true
    end
  end
  return false
end

local function first_statement(block)
  local all = block:children()
  local first = all[1]
  if first and first.kind == "expr-stmt" and first:child("value") and first:child("value").kind == "str" then
    return all[2]
  end
  return first
end

-- The statements that bind those of a package's names that are `used`.
local function statements_of(nodes, used)
  local all = {}
  for _, node in nodes do
    local items = {}
    for _, item in node:children("item") do
      local name = item:child("target")
      if name and used[name.text] then
        table.insert(items, item.source)
      end
    end
    if #items > 0 then
      table.insert(all, node.source:find("^from") and `from {node.text} import {table.concat(items, ", ")}` or node.source)
    end
  end
  return all
end

-- The place at the head of a function's body: in front of what is said of its first statement.
local function head_of(file, fn, first)
  local line = first.line
  while line - 1 > fn.line and file:line_span(line - 1).source:find("^%s*#") do
    line -= 1
  end
  return file:line_span(line)
end

-- The edits by which type checkers alone see the statements; `nodes` go from where they are. Nil where there is no place.
local function for_type_checkers(file, nodes, statements)
  local edits, last = {}, nil
  if not file.text:find("from __future__ import annotations", 1, true) then
    table.insert(edits, { before = first_statement(file.root), text = "from __future__ import annotations\n\n" })
  end
  for _, child in file.root:children() do
    local test = child.kind == "if" and child:child("test")
    if test and (test.name == "TYPE_CHECKING" or test.text == "TYPE_CHECKING") then
      local first = child:child("body"):children()[1]
      local indent = layout.indent(file, first.line)
      table.insert(edits, { before = first, text = table.concat(statements, "\n" .. indent) .. "\n" .. indent })
      return edits
    end
  end
  for _, child in file.root:children() do
    if child.kind == "import" then
      local is_moved = false
      for _, node in nodes do
        is_moved = is_moved or node:same(child)
      end
      last = not is_moved and child or last
    elseif last then
      break
    end
  end
  local known = last and imports.edits(file, "typing", "TYPE_CHECKING")
  if not known then
    return nil
  end
  for _, edit in known do
    table.insert(edits, edit)
  end
  local step = layout.step(file)
  table.insert(edits, { after = file:line_span(last.last_line), text = `\n\nif TYPE_CHECKING:\n{step}` .. table.concat(statements, "\n" .. step) })
  return edits
end

-- The change: the import at the head of each function that reads it, and for annotations one that only type checkers see. Only for
-- statements of Python that import nothing else, on lines of their own.
local function fix_of(file, group)
  if file.language ~= "python" or group.reads == 0 or #group.functions > MOST_FUNCTIONS then
    return nil
  end
  local annotated, edits = {}, {}
  for _, name in group.annotations do
    local fn = name:enclosing({ "function", "class" })
    -- Frameworks and data classes read annotations while they run.
    if not fn or fn.kind == "class" or #fn:children("decorator") > 0 then
      return nil
    end
    annotated[name.text] = true
  end
  if #group.annotations > 0 then
    local shown = for_type_checkers(file, group.nodes, statements_of(group.nodes, annotated))
    if not shown then
      return nil
    end
    edits = shown
  end
  for _, node in group.nodes do
    local first, last = file:line_span(node.line), file:line_span(node.last_line)
    local lines = file:span(first.first, last.last)
    if lines.source:gsub("%s+$", "") ~= node.source or lines.source:find("#", 1, true) or is_conditional(node) then
      return nil
    end
    table.insert(edits, { at = file:span(first.first, math.min(last.last + 1, #file.text)), text = "" })
  end
  for _, fn in group.functions do
    local body = fn:child("body")
    local first = body and first_statement(body)
    if not first or fn:has("lambda") or first.line <= fn.line then
      return nil
    end
    local indent = layout.indent(file, first.line)
    local text = indent .. table.concat(statements_of(group.nodes, group.used[fn.id]), "\n" .. indent) .. "\n\n"
    table.insert(edits, { before = head_of(file, fn, first), text = text })
  end
  return { title = "load it where it is used", safety = "unsafe", edits = edits }
end

local function figure(fact)
  local ms = tonumber(fact.import_ms)
  local amount = ms >= 1000 and `{string.format("%.1f", ms / 1000)} s` or `{ms} ms`
  return (fact.estimate and "in the order of " or "about ") .. amount
end

local function where_read(group)
  if group.reads == 0 then
    return "nothing in this file reads it"
  elseif #group.functions == 0 then
    return "only annotations name it"
  elseif #group.functions == 1 and group.functions[1].text ~= "" then
    return `only {group.functions[1].text} uses it`
  end
  return "only functions use it"
end

local function report_group(file, package, group, ways, report)
  local way = ways[1]
  local start = way.hops[1].path
  local related = {}
  for at, hop in way.hops do
    local next = way.hops[at + 1]
    if hop.import and next and at <= 8 then
      table.insert(related, { at = hop.import, message = `{hop.path} loads {next.path}` })
    end
  end
  for at, fn in group.functions do
    if at <= MOST_FUNCTIONS then
      table.insert(related, { at = fn, message = fn.text ~= "" and `{fn.text} uses it` or "this function uses it" })
    end
  end
  local by = start == file.path and "the file itself is started" or `{start} loads it`
  report({
    at = group.nodes[1],
    message = `every cold start on {way.target.name} imports {package} ({figure(group.fact)} of CPU; {by}), but {where_read(group)}`,
    confidence = (way.kept or group.reads == 0) and "medium" or "high",
    reach = "startup",
    related = related,
    notes = { package = package, ["deployment said by"] = way.target.path },
    fix = fix_of(file, group),
  })
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or not file.root or file.root:reach() == "script" then
      return
    end
    local seen = {}
    local ways, starts = nil, {}
    for _, match in matches do
      local node = match.node
      local fact = weight_of(repo, node)
      local package = fact and fact.package
      if package and not seen[package] and not is_conditional(node) then
        seen[package] = true
        if not ways then
          ways = cold_ways(repo, file)
          for _, way in ways do
            starts[way.hops[1].path] = true
          end
        end
        local group = #ways > 0 and group_of(repo, file, package, starts)
        -- What TypeScript imports for its types alone, and what a package only hands on, is not read here.
        local counts = group and (group.reads > 0 or (file.language == "python" and not file.path:find("__init__%.py$")))
        if counts and group.ms >= LEAST and not group.at_load and not words.alternatives(group.fact.sdk_of)[ways[1].target.name] then
          if not is_all_in_handler(file, group, ways) and not is_brought(repo, file, package) and not is_needed_anyway(repo, file, package, starts) then
            report_group(file, package, group, ways, report)
          end
        end
      end
    end
  end,
}
