-- Rows that Django itself asks one after the other: what the sitemaps and feeds of a project list, by the methods that say where each of them is and what it is called.

local called = require("called")
local class_members = require("class_members")
local declared = require("declared")
local orm_finders = require("orm_finders")
local relation_fix = require("relation_fix")
local relation_links = require("relation_links")
local relation_reads = require("relation_reads")
local row_sources = require("row_sources")

local M = {}

-- By the base of such a class what is asked for each row: methods of the class that take it, and those of the model that stand in where the class has none.
local LISTS = {
  ["django.contrib.sitemaps.Sitemap"] = { what = "this sitemap", own = { "location", "lastmod", "changefreq", "priority" }, instead = { location = "get_absolute_url" } },
  ["django.contrib.syndication.views.Feed"] = {
    what = "this feed",
    own = { "item_link", "item_title", "item_description", "item_author_name", "item_author_email", "item_author_link", "item_pubdate", "item_updateddate", "item_categories", "item_guid", "item_extra_kwargs" },
    instead = { item_link = "get_absolute_url", item_title = "__str__" },
  },
}

local function sort_of(class, repo)
  local lineage, libraries = declared.lineage(class, repo)
  for _, origin in libraries do
    if LISTS[origin] then
      return LISTS[origin], lineage
    end
  end
  return nil
end

-- What is read of each row.
local function reads_of(sort, lineage, model, rows, find)
  local trip = relation_reads.trip(find, rows.back)
  local subject = { model = model, path = "", rows = rows }
  for _, name in sort.own do
    local own = class_members.inherited(lineage, name)
    local method = own or sort.instead[name] and relation_reads.method(model, sort.instead[name])
    local param = method and method.kind == "function" and method:children("param")[own and 2 or 1]
    if param then
      relation_reads.walk(method, param.text, subject, trip)
    end
  end
  return trip.out
end

local function judge(class, find, report, repo)
  local sort, lineage = sort_of(class, repo)
  local items = sort and class_members.named(class, "items")
  local value = items and items.kind == "function" and row_sources.given_by(items)
  for _, rows in value and find.ways(value) or {} do
    local model = not rows.is_guess and not rows.is_open and find.model(rows.base)
    local reads = model and not model.is_eager and reads_of(sort, lineage, model, rows, find) or {}
    if #reads > 0 then
      local names, related = {}, {}
      for at, one in reads do
        table.insert(names, `\`{one.path:gsub("__", ".")}\``)
        if at <= 8 then
          table.insert(related, { at = one.at, message = `reads \`{one.name}\`` })
        end
      end
      report({
        at = rows.way or value,
        message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own when {sort.what} lists them: the rows are read without {relation_links.missing(reads, true)}`,
        confidence = called.confidence(value, "medium", repo),
        reach = "request",
        related = related,
        notes = { model = model.name },
        fix = relation_fix.of(value, reads, rows),
      })
      return
    end
  end
end

-- Reports such lists of a repository.
function M.check(repo, report)
  local find = nil
  for _, path in repo:importers({ "django.contrib.sitemaps", "django.contrib.sitemaps.**", "django.contrib.syndication.views", "django.contrib.syndication.views.**" }) do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
      if #class:children("base") > 0 then
        find = find or orm_finders.django(repo)
        judge(class, find, report, repo)
      end
    end
  end
end

return M
