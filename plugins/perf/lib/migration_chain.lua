-- How migrations build on each other: heads, and parents that are not there; what they name, as text.

local M = {}

local function directory(path)
  return path:match("^(.*)/[^/]*$") or ""
end

local function quoted(text)
  local all = {}
  for name in text:gmatch("[\"']([%w_%-]+)[\"']") do
    table.insert(all, name)
  end
  return all
end

-- Where a migration says what it builds on.
function M.place(repo, one)
  local file, word, number = repo:open(one.path), one.word, 0
  for line in (file.text .. "\n"):gmatch("([^\n]*)\n") do
    number += 1
    if line:find("^%s*" .. word .. "%f[^%w_]") then
      return file:line_span(number)
    end
  end
  return file
end

-- Alembic's revisions by their directory: {path, text, revision, parents, is_label, is_known}.
function M.alembic(repo, paths)
  local groups, order = {}, {}
  for _, path in paths do
    local text = "\n" .. (repo:text(path) or "")
    local revision = text:match("\nrevision[^=\n]*=%s*[\"']([^\"']+)[\"']")
    local parents = text:match("\ndown_revision[^=\n]*=%s*(%b())") or text:match("\ndown_revision[^=\n]*=%s*([^\n]*)")
    if not revision or not parents then
      continue
    end
    local key = directory(path)
    if not groups[key] then
      groups[key] = { directory = key, all = {} }
      table.insert(order, groups[key])
    end
    parents = parents:gsub("#.*$", "")
    table.insert(groups[key].all, {
      path = path,
      text = text,
      word = "down_revision",
      revision = revision,
      parents = quoted(parents),
      is_label = text:match("\nbranch_labels[^=\n]*=%s*[%(\"'%[]") ~= nil or text:match("\ndepends_on[^=\n]*=%s*[%(\"'%[]") ~= nil,
      -- A parent that code works out.
      is_known = parents:find("None", 1, true) ~= nil or #quoted(parents) > 0,
    })
  end
  return order
end

-- The list that a class of a text gives a name, and whether more is added to it elsewhere. Migrations are many and long: the name is looked
-- for as it stands, and a pattern is held only against what is around it.
local function list_of(text, name)
  local list, is_added_to = nil, false
  local from, to = text:find(name, 1, true)
  while from do
    if not list and text:sub(math.max(1, from - 80), from - 1):find("\n%s+$") then
      list = text:match("^%s*=%s*(%b[])", to + 1)
    end
    is_added_to = is_added_to or text:find("^%s*%+=", to + 1) ~= nil
    from, to = text:find(name, to + 1, true)
  end
  return list, is_added_to
end

-- Django's migrations by their directory: {path, text, revision, parents}.
function M.django(repo, paths)
  local groups, order = {}, {}
  for _, path in paths do
    local name = path:match("([^/]+)%.py$")
    local text = name and repo:text(path)
    if not text then
      continue
    end
    local key = directory(path)
    if not groups[key] then
      groups[key] = { directory = key, all = {} }
      table.insert(order, groups[key])
    end
    local depends, is_added_to = list_of(text, "dependencies")
    local replaces = list_of(text, "replaces")
    table.insert(groups[key].all, { path = path, text = text, word = "class Migration", revision = name, parents = depends and quoted(depends) or {}, replaces = replaces and quoted(replaces) or {}, is_known = depends ~= nil and not is_added_to })
  end
  return order
end

-- Those on which nothing builds, and those that build on what is not there: two lists; nil where a parent is not known.
function M.ends(group)
  local known, built, labelled = {}, {}, false
  for _, one in group.all do
    known[one.revision] = true
    labelled = labelled or one.is_label
    if not one.is_known then
      return nil, nil
    end
  end
  for _, one in group.all do
    for _, parent in one.parents do
      built[parent] = true
    end
    -- What a squashed migration stands for is there until it is deleted.
    for _, old in one.replaces or {} do
      built[old] = true
    end
  end
  local heads, orphans = {}, {}
  for _, one in group.all do
    if not built[one.revision] then
      table.insert(heads, one)
    end
    for _, parent in one.parents do
      if not known[parent] and not one.replaces then
        table.insert(orphans, { one = one, parent = parent })
      end
    end
  end
  return labelled and {} or heads, orphans
end

-- The whole text of migrations.
function M.text(group)
  local all = {}
  for _, one in group.all do
    table.insert(all, one.text)
  end
  return table.concat(all, "\n")
end

-- Whether a text names something in quotes.
function M.names(text, name)
  return text:find(`"{name}"`, 1, true) ~= nil or text:find(`'{name}'`, 1, true) ~= nil or text:find("`" .. name .. "`", 1, true) ~= nil
end

return M
