-- Whole tables in memory: where they are read, and where somebody asks for all of one only to pick some.

local called = require("called")
local copied_buffers = require("copied_buffers")
local counted_calls = require("counted_calls")
local counted_rows = require("counted_rows")
local leaving = require("leaving")
local list_handler = require("list_handler")
local list_reads = require("list_reads")
local log_reads = require("log_reads")
local memory_pages = require("memory_pages")
local dumped_querysets = require("dumped_querysets")
local export_reads = require("export_reads")
local few_rows = require("few_rows")
local frames = require("frames")
local held_pages = require("held_pages")
local owned_lists = require("owned_lists")
local paged_lists = require("paged_lists")
local per_item = require("per_item")
local piling = require("piling")
local python_exports = require("python_exports")
local tested_rows = require("tested_rows")
local whole_tables = require("whole_tables")
local words = require("words")

local IDLE = { test = true, script = true, startup = true, build = true }

-- Words with which functions begin that give what they read.
local ASKS = words.set("get", "list", "fetch", "find", "all", "load", "read", "query", "select", "dao")

local ENDS = {
  sieve = ", and picks some of them in the program",
  list = ", and holds all of them",
  loop = ", although they are taken one after the other",
  held = "",
}

-- Whether the list is what an endpoint answers with: then the endpoint is API-001's finding.
local function is_answer(call)
  local func = call:func()
  return func ~= nil and list_handler.answers(func) and leaving.leaves(call, func.node, true, call.file.language)
end

-- How many functions lie between a read and the endpoints that answer with its rows, at most.
local FARTHEST = 3

-- Whether endpoints answer with what a function gives, and nobody else asks for it: then each is API-001's finding, and what is held is what was asked for.
local function is_answered_with(func, depth)
  local asked = 0
  for _, caller in func:callers() do
    local around = caller.file.class == "source" and not IDLE[caller:reach()] and caller:func()
    if around then
      local is_endpoint = list_handler.answers(around)
      if not leaving.leaves(caller, around.node, is_endpoint, caller.file.language) or not is_endpoint and (depth == FARTHEST or not is_answered_with(around, depth + 1)) then
        return false
      end
      asked += 1
    end
  end
  return asked > 0
end

-- Words of names that say how rows are kept, not what they are.
local VAGUE = { "collection", "resource", "table", "model", "docs", "ref", "path" }

-- How sure it is that the table is a long one: what is picked from in the program, what grows by its name, and what may be any table.
local function confidence_of(found)
  if found.is_slim then
    -- A column of each row is a small part of the table.
    return "low"
  end
  return (found.how == "sieve" or found.name ~= nil and (words.any_in(found.name, VAGUE) or piling.grows(found.name))) and "medium" or "low"
end

-- What takes all rows of a table away.
local EMPTIES = { "delete", "truncate", "deleteMany", "destroy" }

-- Whether the function of a read also empties the table that it reads: a reset, which somebody asks for once in a while.
local function is_emptied(call, name)
  local func = name and call:func()
  for _, emptying in func and func.node:descendants("call", EMPTIES) or {} do
    local source = emptying.source
    if source:find(`%f[%w_]{name:gsub("%W", "%%%0")}%f[^%w_]`) and not source:find("filter", 1, true) and not source:find("where", 1, true) and not emptying:same(call) then
      return true
    end
  end
  return false
end

local function report_read(call, told, report, repo)
  local found = whole_tables.judge(call)
  if not found or not found.is_summed and is_answer(call) or called.by_nobody(call, repo) then
    return
  end
  local func = found.how == "held" and call:func()
  if func and is_answered_with(func, 1) then
    return
  end
  local what = found.name and `the table {found.name}` or "a table"
  told[call.id] = true
  local related = {}
  if found.at then
    table.insert(related, { at = found.at, message = "where the rows are taken" })
  end
  report({
    at = call,
    message = `this read brings all rows of {what} into memory{ENDS[found.how]}`,
    severity = is_emptied(call, found.name) and "medium" or nil,
    confidence = confidence_of(found),
    related = related,
    notes = { taken = found.how },
    fix = whole_tables.fix(found, repo),
  })
end

-- A read of an export; where its filter lets ever more through by itself, DB-PERF-011 has it.
local function report_export(call, report, repo)
  local found = not call:fact("statement") and call:reach() ~= "unknown" and export_reads.judge(call)
  if not found or owned_lists.is_long(found) or called.by_nobody(call, repo) then
    return
  end
  report({
    at = call,
    message = `this export brings all of the asked {found.name} into memory before it writes the first row`,
    confidence = found.is_slim and "low" or "medium",
    notes = { taken = "export" },
  })
end

-- A read of an export in Python, which nothing streams.
local function report_python_export(call, told, report, repo)
  local found = not told[call.id] and python_exports.judge(call)
  if found and not called.by_nobody(call, repo) then
    report({
      at = call,
      message = `this export brings all of the asked {found.name} into memory, and the whole document besides, before the first row is sent`,
      confidence = "medium",
      notes = { taken = "export" },
    })
  end
end

-- A log that a request reads to its end.
local function report_log(call, report)
  if call:reach() == "request" and log_reads.is_at(call) then
    report({
      at = call,
      message = "this reads a whole log into memory, and the log grows with every request",
      confidence = "medium",
      notes = { taken = "log" },
    })
  end
end

-- What a database copies into memory.
local function report_copied(call, report, repo)
  local buffer = copied_buffers.filled(call)
  if buffer and not called.by_nobody(call, repo) then
    report({
      at = call,
      message = `all that is copied out stands in {buffer.text} before the first byte of it goes on`,
      confidence = "medium",
      notes = { taken = "export" },
    })
  end
end

-- A queryset that a function writes out, of whichever model it is handed.
local function report_dumped(call, report)
  local loop = dumped_querysets.loop_of(call)
  if loop then
    report({
      at = call,
      message = "this export keeps every row of the table that it is handed, although it writes them out one after the other",
      confidence = "medium",
      related = { { at = loop, message = "where the rows are taken" } },
      notes = { taken = "export" },
      fix = { title = "read the rows in chunks", safety = "unsafe", edits = { { at = call, text = call.source:gsub("%.all%(%)$", ".iterator(chunk_size=1000)") .. "" } } },
    })
  end
end

local LOOPING = { "for", "clause" }

-- Whether a function picks from anything at all.
local function picks_some(func)
  local node = func.node
  return #node:descendants(LOOPING) > 0 or #node:descendants("call", "filter") > 0
end

-- A function of the project that gives a whole table, asked for some of its rows.
local function report_call(call, report, repo)
  local func = call:func()
  if not func or not picks_some(func) then
    return
  end
  local how, at = whole_tables.taken(call)
  if how ~= "sieve" or called.by_nobody(call, repo) then
    return
  end
  for _, callee in call:callees() do
    for _, found in list_reads.of(callee) do
      local is_few = found.name and few_rows.named(found.name)
      -- `session.query(Order)` names a model, not a condition.
      local is_query = found.filter == "caller" and found.read:is("sqlalchemy.orm.Query.all") and found.read.source:find("filter", 1, true) == nil
      local is_whole = (found.filter == "none" or is_query) and found.bound == "none" and found.lists ~= "page"
      if is_whole and not is_few and #found.path == 0 then
        report({
          at = call,
          message = `{call.name} brings all rows of a table into memory, and some of them are picked here in the program`,
          confidence = "medium",
          related = { { at = found.read, message = "the read" }, { at = at or call, message = "where they are picked" } },
          notes = { taken = "sieve" },
        })
        return
      end
    end
  end
end

-- A function of the project that gives many rows, asked for their number; `counting` are the functions of the file that count.
local function report_counted(call, counting, report, repo)
  local around = call:enclosing("function")
  local found, place = nil, nil
  if around and counting[around.id] then
    found, place = counted_calls.of(call)
  end
  if not found or called.by_nobody(call, repo) then
    return
  end
  local what = found.name and `rows of {found.name}` or "rows"
  report({
    at = call,
    message = `{call.name} brings all of the asked {what} into memory, and only their number is wanted`,
    confidence = "medium",
    related = { { at = found.read, message = "the read" }, { at = place, message = "where they are counted" } },
    notes = { taken = "counted" },
  })
end

-- Querysets that are held as a whole for the page that is cut out of them.
local function report_held_pages(file, told, report, repo)
  for _, held in held_pages.of(file) do
    local call, is_told = held.call, false
    for _, inner in call:descendants("call") do
      is_told = is_told or told[inner.id]
    end
    if not is_told and not told[call.id] and not IDLE[call:reach()] and per_item.counts(call) and not called.by_nobody(call, repo) then
      report({
        at = call,
        message = `{call.name} brings all rows of the query into memory, and one page is cut out of them: the query itself can be cut`,
        confidence = "medium",
        related = { { at = held.cut, message = "where the page is cut out" } },
        notes = { taken = "page" },
      })
    end
  end
end

-- The function around a call, where it cuts anything.
local function cut_around(call)
  local func = call:func()
  return func and memory_pages.are_in(func.node) and func or nil
end

-- A read of all rows for the page that is cut out of them; whether there is one.
local function report_page(call, told, report, repo)
  local func = cut_around(call)
  local found = func and memory_pages.found(call, func.node)
  if not found or told[call.id] or found.name and few_rows.named(found.name) or called.by_nobody(call, repo) then
    return false
  end
  told[call.id] = true
  local what = found.name and ` of {found.name}` or ""
  report({
    at = call,
    message = `this read brings all rows{what} into memory, and one page is cut out of them`,
    confidence = found.filter == "key" and "low" or "medium",
    related = { { at = found.cut, message = "where the page is cut out" } },
    notes = { taken = "page" },
  })
  return true
end

return {
  check_repository = function(repo, report)
    tested_rows.check(repo, report)
  end,
  check = function(file, matches, report, repo)
    list_reads.begin(repo)
    local told, exports = {}, python_exports.are_in(file)
    local cuts = file.root ~= nil and memory_pages.are_in(file.root)
    local counting = nil
    for _, match in matches do
      local call, how = match.node, match.matcher
      -- Most helpers neither ask for rows by their names nor stand where a page is cut, which is seen soonest.
      if how == "copied" then
        if not IDLE[call:reach()] then
          report_copied(call, report, repo)
        end
        continue
      end
      local asks = how ~= "helper" or ASKS[words.first(call.name)]
      if how == "read" and not cuts and not exports and whole_tables.narrows_itself(call) then
        continue
      elseif not asks and not (cuts and cut_around(call)) or IDLE[call:reach()] or not per_item.counts(call) then
        continue
      elseif how == "helper" then
        if not (cuts and report_page(call, told, report, repo)) and asks then
          report_call(call, report, repo)
          counting = counting or counted_rows.functions(file)
          report_counted(call, counting, report, repo)
        end
      elseif how == "log" then
        report_log(call, report)
      elseif how == "dumped" then
        report_dumped(call, report)
      elseif how == "pages" then
        paged_lists.check(call, told, report, repo)
      elseif how == "export" then
        report_export(call, report, repo)
      elseif how == "frame" then
        frames.check(call, report)
      elseif (how == "read" or call:fact("statement")) and not (cuts and report_page(call, told, report, repo)) then
        report_read(call, told, report, repo)
        if exports then
          report_python_export(call, told, report, repo)
        end
      end
    end
    if cuts and file.language == "python" then
      report_held_pages(file, told, report, repo)
    end
  end,
}
