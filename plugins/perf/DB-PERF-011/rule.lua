-- A find that nothing bounds is judged where it stands: what filters it, what becomes of the cursor, and who waits. Which calls give many
-- rows is in the facts (`lists`); statements of SQL and lists of Python's SQL libraries belong to API-001 and MEM-001.

local begun_queries = require("begun_queries")
local collected_rows = require("collected_rows")
local counted_lists = require("counted_lists")
local driver_reads = require("driver_reads")
local few_rows = require("few_rows")
local find_reads = require("find_reads")
local first_of_all = require("first_of_all")
local first_of_finds = require("first_of_finds")
local firestore_query = require("firestore_query")
local given_pages = require("given_pages")
local go_builders = require("go_builders")
local go_reach = require("go_reach")
local grouped_text = require("grouped_text")
local handed_queries = require("handed_queries")
local interval_work = require("interval_work")
local leaving = require("leaving")
local list_place = require("list_place")
local model_modifiers = require("model_modifiers")
local list_reads = require("list_reads")
local owned_lists = require("owned_lists")
local per_item = require("per_item")
local piling = require("piling")
local query_chain = require("query_chain")
local settings_lists = require("settings_lists")
local single_row = require("single_row")
local tenant_lists = require("tenant_lists")
local text_search = require("text_search")
local unpaged_branches = require("unpaged_branches")

local IDLE = { test = true, script = true, startup = true, build = true }

local function few(found)
  return found.name ~= nil and (few_rows.named(found.name) or few_rows.are_made_by_hand(found.name))
    or found.called ~= nil and few_rows.named(found.called) and not (found.name and piling.named(found.name))
end

-- What is said of a filter that bounds nothing; nil where one does.
local SAYS = {
  none = "it filters nothing",
  constant = "its filter is the same each time and lets more rows through every day",
  caller = "its filter is what the caller hands over, or there under a condition only: it may be nothing",
  range = "its filter is open on one side: it gives all that has piled up until then",
  search = "whatever matches the text that is searched for comes",
  sort = "its filter names a sort of rows, of which there are few: each brings its share of the table",
  owner = "its filter names the owner only, and ever more is added to what an owner has",
  due = "it gives all that is due by now, however much has piled up since it was worked off last",
  optional = "it is bounded only when the caller asks",
  counted = "they are only counted, which the database does without sending a row",
  first = "they are sorted, and only the first of them is taken",
  tenant = "its filter names the tenant only: to who asks, that is the whole table",
  through = "its filter names the owner of what the rows belong to, and all that belongs to any of it comes",
}

-- What lies below a document of Firestore is short unless it piles up.
local function is_short(found)
  return found.is_nested and found.filter ~= "range" and not (found.name and piling.named(found.name))
end

-- How sure it is that many rows come of it, where somebody waits for them. What a job reads, it may have to read.
local function confidence_of(found, reach, is_web)
  if found.filter == "counted" and not piling.grows(found.name) then
    return "low"
  elseif found.filter == "due" or is_short(found) or found.filter == "caller" and model_modifiers.wishes_for_owner(found.query or {}) then
    return "low"
  elseif reach == "request" or found.filter == "range" then
    return "medium"
  elseif is_web then
    return (found.filter == "caller" or found.name and piling.named(found.name)) and "medium" or "low"
  end
  return "low"
end

-- Whether a call is one of a client that Prisma generated: `prisma.order.findMany()`, `this.prisma.order.findMany()`.
local function is_generated(call)
  local table_of = call:receiver()
  local client = table_of and table_of.kind == "attr" and table_of:child("value")
  return call:fact("lists") == nil and call:receiver():sort() ~= "literal" and client ~= nil and client ~= false and client.text:lower():find("prisma", 1, true) ~= nil
end

-- Whether API-001 has the line, as it does where an endpoint's function and its find stand in one.
local function is_told(call, reach)
  local func = call:func()
  return reach == "request" and func ~= nil and list_place.is_shared(call) and leaving.leaves(call, func.node, true, call.file.language)
end

-- Whether a query gives what has piled up for a whole tenant.
local function is_held_by_tenant(found)
  return found.name ~= nil and piling.grows(found.name) and tenant_lists.is_whole(found.query or {})
end

-- Where queries are run whole that several functions hand over: shown once.
local shown = {}

-- Rows of a statement that a builder of Go makes, put into a slice.
local function built_rows(call)
  local func = call:fact("lists") == "argument" and call:func()
  local found = func and go_builders.judge(call, func.node)
  if found then
    found.called = func.name
  end
  return found
end

-- Reports a read; `begun` is what was found where the query was begun that `call` carries on.
local function check_read(call, report, repo, begun)
  local built = built_rows(call)
  local reach = built and go_reach.of(call, repo) or call:reach()
  local is_web = firestore_query.is_web(call)
  local is_repeated = reach == "startup" and call.file.language ~= "python" and interval_work.holds(call)
  if IDLE[reach] and not is_repeated or not is_web and (not per_item.counts(call) or reach == "unknown") then
    return
  end
  local found = begun or collected_rows.judge(call) or built or find_reads.judge(call)
  if found and not begun and found.lists == "builder" and begun_queries.is_begun(call) then
    for _, ending in begun_queries.ends(call) do
      local carried = begun_queries.carried_on(found, ending)
      if carried then
        check_read(ending, report, repo, carried)
      end
    end
    return
  end
  if found and found.filter == "key" and is_held_by_tenant(found) then
    found.filter = "tenant"
  end
  if found and found.filter == "key" and text_search.is_only(found.query or {}) then
    found.filter = "search"
  end
  if found and found.filter == "key" and found.bound == "optional" and not found.limit then
    found.filter = "optional"
  end
  if found and found.filter == "key" and found.name and piling.grows(found.name) and unpaged_branches.calls(call) then
    found.filter = "optional"
  end
  if found and found.filter == "key" and owned_lists.is_long(found) then
    found.filter = "owner"
  end
  if found and found.filter == "key" and first_of_finds.are_wanted(call) then
    found.filter = "first"
  end
  if found and found.filter == "key" and found.name and counted_lists.holds(call) then
    found.filter = "counted"
  end
  if not found or given_pages.bound(found) or is_told(call, reach) or not SAYS[found.filter] or few(found) then
    return
  end
  local func = call:func()
  if func and settings_lists.are_shown(func, found.name) then
    return
  end
  if found.name and call.file.language ~= "python" and single_row.named(found.name, repo) then
    return
  end
  local what = found.name and ` of {found.name}` or ""
  local related = {}
  if found.by then
    table.insert(related, { at = found.by, message = "asks for all of them" })
  elseif found.bound == "optional" then
    table.insert(related, { at = call, message = "bounded in one branch only" })
  end
  report({
    at = call,
    message = `nothing bounds how many rows{what} this read brings: {SAYS[found.is_sort and found.filter == "constant" and "sort" or found.filter]}`,
    confidence = if is_repeated and found.filter == "none" and found.name and piling.grows(found.name) then "medium" else confidence_of(found, reach, is_web),
    related = related,
    notes = { filter = found.filter },
  })
  for _, waits in found.lists == "builder" and call.file.language ~= "python" and handed_queries.run_whole(call) or {} do
    local key = query_chain.key_of(waits)
    if not shown[key] then
      shown[key] = true
      report({
        at = waits,
        message = "all rows of the query are read here, and what is wanted of them is picked in the program",
        confidence = confidence_of(found, reach, is_web),
        related = { { at = call, message = "the query" } },
        notes = { filter = found.filter },
      })
    end
  end
end

-- Reports a statement that makes a row of each text that somebody wrote.
local function check_groups(call, report)
  local column = grouped_text.column(call)
  if column and call:reach() == "request" then
    report({
      at = call,
      message = `nothing bounds how many groups this statement gives: one for each {column} that was ever written`,
      confidence = "medium",
      notes = { filter = "group" },
    })
  end
end

-- Reports a statement of which one row is taken, and every row asked for.
local function check_first(call, report)
  local found = first_of_all.of(call)
  local reach = call:reach()
  if not found or IDLE[reach] then
    return
  end
  local piles = piling.grows(found.name)
  report({
    at = found.run,
    message = `only the first row of {found.name} is taken, and nothing in the statement bounds it to one: the database sorts and sends all of them`,
    confidence = if few_rows.named(found.name) or found.is_filtered and not piles then "low" else "medium",
    related = { { at = found.order, message = "what makes the first of them the one that is wanted" } },
    notes = { filter = "first" },
  })
end

-- Reports a builder of TypeORM that gives one row, and does not ask for one only.
local function check_one(call, report)
  local order = not IDLE[call:reach()] and call:is("typeorm.SelectQueryBuilder.{getOne,getOneOrFail}") and first_of_finds.order_of_one(call)
  if order then
    report({
      at = call,
      message = `only the first row is taken, and {call.name} does not limit the statement: the database sends all of them, and each becomes an object`,
      confidence = "medium",
      related = { { at = order, message = "what makes the first of them the one that is wanted" } },
      notes = { filter = "first" },
    })
  end
end

-- The `find` behind a list that is made of a collection of which nothing else is known.
local function check_read_of_driver(listed, report, repo)
  local _, before = listed:chained()
  for _, link in before do
    if driver_reads.is_list(link) then
      check_read(link, report, repo)
    end
  end
end

return {
  check = function(_, matches, report, repo)
    list_reads.begin(repo)
    shown = {}
    for _, match in matches do
      if match.matcher == "driver" then
        check_read_of_driver(match.node, report, repo)
      elseif match.matcher == "one" then
        check_one(match.node, report)
      elseif match.matcher == "first" then
        check_first(match.node, report)
      elseif match.matcher == "grouped" or match.node:fact("statement") and match.node.file.language ~= "go" then
        check_groups(match.node, report)
      elseif match.matcher ~= "generated" or is_generated(match.node) then
        check_read(match.node, report, repo)
      end
    end
  end,
}
