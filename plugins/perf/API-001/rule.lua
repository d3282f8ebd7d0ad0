-- From a handler down to the queries whose rows it answers with. The knowledge of which calls give many rows is in the facts (`lists`);
-- here stands what is said of those that nothing bounds.

local answering_part = require("answering_part")
local endless_lists = require("endless_lists")
local few_rows = require("few_rows")
local guarded_lists = require("guarded_lists")
local leaving = require("leaving")
local list_handler = require("list_handler")
local list_place = require("list_place")
local list_reads = require("list_reads")
local list_view = require("list_view")
local model_modifiers = require("model_modifiers")
local mounted = require("mounted")
local piling = require("piling")
local query_chain = require("query_chain")
local settings_lists = require("settings_lists")
local single_row = require("single_row")
local spoken_names = require("spoken_names")
local tenant_lists = require("tenant_lists")
local text_search = require("text_search")
local thing_versions = require("thing_versions")
local whole_answers = require("whole_answers")
local words = require("words")

local DJANGO_USERS = table.freeze({ "django.contrib.auth.models" })

local function few(found, func, repo)
  if settings_lists.are_shown(func, found.name) then
    return true
  end
  -- Django's own groups are roles.
  if found.name == "Group" and found.read.file.language == "python" and found.read.file:imports(DJANGO_USERS) then
    return true
  end
  if found.name and found.read.file.language ~= "python" and single_row.named(found.name, repo) then
    return true
  end
  -- Where the rows bear no name, or are asked for with others, what takes them may tell: `categories = Category.all_for(user)`.
  for _, call in not (found.name and piling.grows(found.name)) and found.path or {} do
    local together = leaving.taken_together(call)
    local taken = together and together.text or found.name == nil and query_chain.taker(call)
    if taken and few_rows.named(taken) then
      return true
    end
  end
  local called = found.called ~= nil and few_rows.named(found.called) and not (found.name and piling.named(found.name))
  return found.name ~= nil and few_rows.named(found.name) or called
end

-- Whether a list stands in an answer among lists of few things: `{ countries, languages, branches }` are the choices of a form, of which none is long.
local function is_choice(found, reads, func, repo)
  local others = 0
  for _, other in found.name and not piling.grows(found.name) and found.filter ~= "caller" and reads or {} do
    others += few(other, func, repo) and 1 or 0
  end
  return others >= 2
end

-- What waits until somebody decides on it: few, as long as somebody does.
local WAITING = words.set("unapproved", "awaiting", "waiting", "pending", "unverified", "unconfirmed", "approval", "moderation")

local function awaits_decision(found)
  for _, word in found.filter == "constant" and found.called and not (found.name and piling.named(found.name)) and words.of(found.called) or {} do
    if WAITING[word] then
      return true
    end
  end
  return false
end

-- Whether a list of one owner or of some keys is offered in parts to who asks. Of a limit that others give for the same function that says less.
local function is_offered(found)
  return found.bound == "optional" and found.limit == nil
end

-- What is narrowed to one owner may be short. Who offers a limit, or a page, says that it is not.
local function is_suspected(found)
  return not found.cut and (awaits_decision(found) or thing_versions.are_of_one(found) or found.filter == "caller" and found.bound ~= "optional" and model_modifiers.wishes_for_owner(found.query or {}) or found.filter == "key" and found.lists ~= "page" and not is_offered(found) and not found.ignored and not endless_lists.has(found) and not tenant_lists.is_whole(found.query or {}) and not text_search.is_only(found.query or {}))
end

local function bound_in_words(found, rows)
  if found.cut then
    return "; the page is cut out of them in memory"
  elseif found.ignored then
    return `; \`{found.ignored.text}\` is taken, but never used`
  elseif found.bound == "optional" then
    return `; {rows} bounded only when the caller asks`
  end
  return nil
end

local function notes_of(found)
  local is_optional = found.left_out ~= nil and found.left_out.is_narrowed
  local filter = if is_optional then "there only where it is asked for" elseif found.is_sort then "by a sort only" elseif found.filter == "constant" then "by constants only" else nil
  return if filter then { filter = filter } else nil
end

-- Reads that are sure before those that are suspected.
local function surest_first(reads)
  local all, suspected = {}, {}
  for _, found in reads do
    table.insert(is_suspected(found) and suspected or all, found)
  end
  for _, found in suspected do
    table.insert(all, found)
  end
  return all
end

local function report_handler(func, reads, report, repo)
  local file = func.node.file
  local best
  -- A function that makes several lists is shown once, for the one that is sure.
  local shown = {}
  for _, found in surest_first(reads) do
    local place = list_place.of(found.shown or found.read, found.answered_by or func)
    if not few(found, func, repo) and not is_choice(found, reads, func, repo) and not shown[place.file.path .. place.id] then
      shown[place.file.path .. place.id] = true
      if not best or is_suspected(best) and not is_suspected(found) then
        best = found
      end
      if file.language ~= "python" then
        local what = found.name and ` of {found.name}` or ""
        local is_handler = place:same((found.answered_by or func).node) and not found.read:func().node:same(func.node)
        local related = if is_handler then {} else { { at = func.node, message = "the handler that answers with them" } }
        for at, call in found.path do
          if at <= 8 then
            table.insert(related, { at = call, message = "called here" })
          end
        end
        if found.ignored then
          table.insert(related, { at = found.ignored, message = "taken, and used by nothing" })
        end
        -- A find is DB-PERF-011's place: of that, the function is shown that makes a list of it. Where both stand in one line, it is this rule's.
        if not place:same(found.read) then
          table.insert(related, { at = found.read, message = "the query" })
        end
        report({
          at = place,
          message = (if is_handler then `this list endpoint answers with all rows{what}` else `this query gives all rows{what} to a list endpoint`)
            .. (bound_in_words(found, "it is") or "; nothing bounds their number"),
          confidence = (is_suspected(found) or whole_answers.is_of(func) or guarded_lists.are_few(found.name, file.language, repo)) and "low" or "medium",
          reach = "request",
          related = related,
          notes = notes_of(found),
        })
      end
    end
  end
  if not best or file.language ~= "python" then
    return
  end
  local spoken = spoken_names.of(best)
  local what = spoken and ` of {spoken}` or ""
  local related = {}
  for at, call in best.path do
    if at <= 8 then
      table.insert(related, { at = call, message = "called here" })
    end
  end
  table.insert(related, { at = best.read, message = "the query whose rows it answers with" })
  if best.ignored then
    table.insert(related, { at = best.ignored, message = "taken, and used by nothing" })
  end
  if best.cut then
    table.insert(related, { at = best.cut, message = "where the page is cut out" })
  end
  local part = answering_part.of(func, best.path[1])
  if part then
    table.insert(related, 1, { at = func.node, message = "the handler that leaves the answer to it" })
  end
  report({
    at = (part or func).node,
    message = `{(part or func).name} answers with all rows{what}`
      .. (bound_in_words(best, "they are") or "; nothing on the way bounds their number"),
    confidence = (is_suspected(best) or whole_answers.is_of(func) or guarded_lists.are_few(best.name, file.language, repo) or mounted.is_for_development(func.node, repo)) and "low" or "medium",
    reach = "request",
    related = related,
    notes = notes_of(best),
  })
end

return {
  check_repository = function(repo, report)
    list_view.check_repository(repo, report)
  end,
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    for _, match in matches do
      if match.matcher == "class" then
        list_view.check(match.node, report, repo)
      else
        local func = match.node:func()
        if func and list_handler.answers(func) and not list_view.is_own_list(func.node, repo) then
          report_handler(func, list_reads.of(func), report, repo)
        end
      end
    end
  end,
}
