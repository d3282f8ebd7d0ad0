-- The lists that a handler gives back: those that it reads itself, and those of the project's functions that it calls.

local added_rows = require("added_rows")
local asked_parts = require("asked_parts")
local begun_queries = require("begun_queries")
local collected_lists = require("collected_lists")
local database_effects = require("database_effects")
local driver_reads = require("driver_reads")
local go_implementations = require("go_implementations")
local layer_conditions = require("layer_conditions")
local leaving = require("leaving")
local list_handler = require("list_handler")
local listing = require("listing")
local lower = require("words").lower
local memory_pages = require("memory_pages")
local model_modifiers = require("model_modifiers")
local named_statements = require("named_statements")
local narrowing = require("narrowing")
local optional_limits = require("optional_limits")
local optional_way = require("optional_way")
local overwritten_rows = require("overwritten_rows")
local parameter = require("parameter")
local query_bounds = require("query_bounds")
local query_chain = require("query_chain")
local selects = require("selects")
local set = require("words").set
local tenant_columns = require("tenant_columns")
local unpaged_branches = require("unpaged_branches")

local M = {}

-- Whether queries of this repository may be built in one function and run in another: an effect tells only where they run.
local is_lazy = nil

-- Whether the repository uses MongoDB's driver.
local has_driver = nil

-- The repository that is judged.
local repository = nil

-- The lists of each function, as long as one file is judged.
local seen_lists = {}

-- Begins with a file: lets go of what was seen of the one before.
function M.begin(repo)
  leaving.forget()
  repository = repo
  model_modifiers.begin(repo)
  tenant_columns.begin(repo)
  named_statements.of(repo)
  seen_lists = {}
  if is_lazy == nil then
    has_driver = repo:imports({ "mongodb", "mongoose" })
    is_lazy = repo:imports({ "django.db.**", "tortoise.**", "beanie.**", "sqlalchemy.orm.**", "peewee.**" })
  end
end

-- Code that runs for other methods than GET only.
local function is_for_writing(node)
  local branch = node:enclosing({ "if", "case" })
  while branch do
    local test = branch:child("test")
    if test and not node:is_within(test) and test.source:find("[\"'](POST)[\"']") or test and test.source:find("[\"'](PUT)[\"']") or test and test.source:find("[\"'](PATCH)[\"']") or test and test.source:find("[\"'](DELETE)[\"']") then
      local body = branch:child("body")
      if body and node:is_within(body) and not test.source:find("!=", 1, true) then
        return true
      end
    end
    branch = branch:enclosing({ "if", "case" })
  end
  return false
end

-- A whole condition that a helper takes is what it is called with.
local function filter_through(found)
  local call = found.path[#found.path]
  if found.filter ~= "caller" or not call then
    return found.filter
  end
  for _, argument in call:args() do
    local where = argument.kind == "dict" and narrowing.condition_in(argument)
    if where and narrowing.filter_of_value(where) == "key" then
      return "key"
    end
  end
  return "caller"
end

-- Parameters that ask for a page.
local PAGE_WORDS = set(
  "limit", "page", "pagesize", "perpage", "pagenumber", "pageno", "pagelimit", "pageparams", "paging", "pagination", "paginationparams", "offset", "skip", "take", "top", "maxresults", "pagetoken"
)

local function is_page_word(name)
  return PAGE_WORDS[(lower(name):gsub("_", ""))] or false
end

-- The parameter of a function that asks for a page, where nothing in the function reads it: the caller believes in a bound that is none.
local function ignored_page(func)
  local body = func.node:child("body")
  local asked = {}
  for _, param in body and func.params or {} do
    if is_page_word(param.text) then
      asked[param.text] = param
    end
  end
  if next(asked) == nil then
    return nil
  end
  for _, name in body:descendants("name") do
    asked[name.text] = nil
  end
  local _, param = next(asked)
  return param
end

-- Whether a call may give rows of a database, by what it does.
local function may_read(call, language)
  if language == "python" and is_lazy then
    return true
  end
  if database_effects.reads(call) then
    return true
  end
  -- What an interface of Go declares may be done by a method that its type has from another one.
  local callee = language == "go" and call:callees()[1]
  return callee and #go_implementations.of(callee, repository) > 0 or false
end

-- Whether a call stands in what a paginator is given: `self.paginate(queryset=rows, on_results=lambda page: listed(page))`.
local function is_of_page(call)
  for _, outer in call:argument_of() do
    if lower(outer.name):find("paginat", 1, true) then
      return true
    end
  end
  return false
end

-- The functions of the project that a call runs; of a method that an interface declares, one that does what it says.
local function callees_of(call, language)
  local all = call:callees()
  if language == "python" or not all[1] or all[1].node:child("body") then
    return all
  end
  -- Those with the declared types come before the one that the chain leads through, which may be another's of the same name.
  local done_by = go_implementations.of(all[1], repository)
  if #done_by > 0 then
    return done_by
  end
  local hop = call:chain({ "db-read" })[1]
  local func = hop and hop.node and hop.node:func()
  return func and { func } or all
end

-- What a handler answers with, by the names that it has in JavaScript and Go.
local RESPONSES = set("res", "response", "resp", "reply", "w", "rw", "writer")
local CONTEXTS = { "gin.Context", "echo.Context", "fiber.Ctx" }

-- What a context of a request gives that an answer is written to: `c.Writer`, `c.Response()`.
local WRITERS = set("Writer", "ResponseWriter", "Response", "res", "response")

-- Whether an argument is the writer that a parameter holds.
local function is_writer_of_param(argument)
  local link = argument.kind == "call" and argument:child("callee") or argument
  local on = link and link.kind == "attr" and WRITERS[link.text] and link:child("value")
  return on and on.kind == "name" and on:param_position() ~= nil
end

local function is_context(param)
  for _, context in CONTEXTS do
    if param.source:find(context, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a handler leaves the answer to what it calls: `router.get("/", (req, res, next) => controller.list(req, res, next))`.
local function hands_answer_on(call, func)
  for _, argument in call:args() do
    if is_writer_of_param(argument) then
      return true
    end
    local at = argument.kind == "name" and argument:param_position()
    local param = at and func.params[at]
    if param and RESPONSES[lower(param.text)] then
      return true
    end
    if param and call.file.language == "go" and is_context(param) then
      -- What takes it as any `context.Context` answers nothing.
      local callee = call:callees()[1]
      local taking = callee and callee.node:child("body") and parameter.taking(callee, call, argument)
      return not taking or is_context(taking)
    end
  end
  return false
end

-- The lists that a function gives back: those that it reads itself, and calls of the project's functions that may.
local function lists_of(func, is_handler)
  local node = func.node
  local key = query_chain.key_of(node) .. (is_handler and ":handler" or "")
  local all = seen_lists[key]
  if all then
    return all
  end
  all = {}
  seen_lists[key] = all
  local language = node.file.language
  local cuts = memory_pages.are_in(node)
  for _, call in node:descendants("call") do
    local paged = cuts and memory_pages.found(call, node)
    if paged then
      paged.called = listing.called(call, func)
      table.insert(all, paged)
      continue
    end
    local collected = collected_lists.judge(call, node)
    if collected then
      if leaving.leaves(call, node, is_handler, language) and not is_for_writing(call) then
        collected.called = listing.called(call, func)
        table.insert(all, collected)
      end
    elseif call:fact("lists") or has_driver and driver_reads.is_list(call) or selects.asks_in_sql(call) or listing.is_iterated(call) then
      local found = not is_of_page(call) and listing.judge(call, node)
      local is_added = found and language ~= "python" and language ~= "go" and added_rows.are(call, node)
      if found and not is_added and not overwritten_rows.are(call, node) and leaving.gets_out(found, node, is_handler, language) and not is_for_writing(call) then
        found.called = listing.called(call, func)
        table.insert(all, found)
      end
    else
      -- Behind interfaces of Go effects are not always seen; who is handed the writer answers.
      local is_handed = is_handler and language == "go" and hands_answer_on(call, func)
      local callees = (is_handed or may_read(call, language)) and callees_of(call, language) or {}
      if #callees > 0 and not is_of_page(call) and #call:loops() == 0 and not is_for_writing(call) then
        local answers = is_handler and language ~= "python" and (call.name == "send" or not list_handler.is_called_writing(call.name)) and hands_answer_on(call, func)
        if answers or (leaving.leaves(call, node, is_handler, language, leaving.SHALLOW) or leaving.leaves_handed_over(call, node, is_handler, language)) and not query_bounds.is_cut(call, node) then
          table.insert(all, { call = call, callees = callees, answers = answers })
        end
      end
    end
  end
  return all
end

-- Whether a read, or a call on the way to it, stands where the caller asks for no page.
local function is_left_unpaged(read, path)
  for _, call in path do
    if unpaged_branches.holds(call) then
      return true
    end
  end
  return unpaged_branches.holds(read)
end

-- Adds to `out` the reads of a function and of those that it calls; `path` are the calls down to it.
local function reads_of(func, depth, is_handler, seen, out, path)
  local key = query_chain.key_of(func.node)
  if seen[key] or depth > 3 then
    return
  end
  seen[key] = true
  local by = path[#path]
  for _, one in lists_of(func, is_handler) do
    if by and optional_way.is_not_taken(one.read or one.call, func, by) then
      continue
    end
    if one.read then
      local found = table.clone(one)
      found.path = path
      found.ignored = ignored_page(func)
      found.filter = filter_through(found)
      local is_narrowed, is_bounded = false, false
      if found.left_out then
        is_narrowed, is_bounded = asked_parts.of(found.left_out, func, by)
      end
      is_narrowed = is_narrowed or found.fields ~= nil and asked_parts.sets_field(found.fields, path)
      is_bounded = is_bounded or found.limit ~= nil and optional_limits.is_given_on(found.limit, path)
      local is_asked, is_cut = layer_conditions.of(found.read, func, path)
      is_narrowed, is_bounded = is_narrowed or is_asked, is_bounded or is_cut
      found.filter = is_narrowed and "key" or found.filter
      found.bound = found.bound == "none" and is_left_unpaged(found.read, path) and "optional" or found.bound
      if not is_bounded then
        table.insert(out, found)
      end
    elseif depth < 3 then
      for _, callee in one.callees do
        local longer = table.clone(path)
        table.insert(longer, one.call)
        local before = #out
        reads_of(callee, depth + 1, one.answers or false, seen, out, longer)
        local language = func.node.file.language
        local gets_out = #out == before or one.answers or leaving.leaves(one.call, func.node, is_handler, language) or leaving.leaves_handed_over(one.call, func.node, is_handler, language)
        if not gets_out then
          for _ = before + 1, #out do
            table.remove(out)
          end
        end
        for at = #out, before + 1, -1 do
          local begun = out[at].lists == "builder" and begun_queries.is_begun(out[at].shown or out[at].read) and one.call:callees()[1] ~= nil
          local carried = begun and begun_queries.carried_on(out[at], one.call)
          if carried then
            out[at] = carried
          elseif begun then
            table.remove(out, at)
          end
        end
        for at = before + 1, #out do
          out[at].answered_by = out[at].answered_by or one.answers and callee or nil
          out[at].ignored = out[at].ignored or ignored_page(func)
        end
      end
    end
  end
end

-- The reads whose rows a handler answers with: what `listing.judge` says of each, the `path` of calls down to it, and a parameter that asks for a
-- page and is `ignored`. `answered_by` is the function to which the handler left the answer.
function M.of(handler)
  local all = {}
  reads_of(handler, 0, true, {}, all, {})
  return all
end

return M
