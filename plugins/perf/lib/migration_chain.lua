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

-- The list that a class of a text gives a name. Migrations are many and long: the name is looked for as it stands, and a pattern is held only against what is
-- around it.
local function list_of(text, name)
  local from, to = text:find(name, 1, true)
  while from do
    if text:sub(math.max(1, from - 80), from - 1):find("\n%s+$") then
      local list = text:match("^%s*=%s*(%b[])", to + 1)
      if list then
        return list
      end
    end
    from, to = text:find(name, to + 1, true)
  end
  return nil
end

local function as_keys(paths)
  local all = {}
  for _, path in paths do
    all[path] = true
  end
  return all
end

-- Django's migrations by their directory: {path, text, revision, parents}. `squashed` are the paths of those that may stand for others, `put_together` of those that add to
-- their parents elsewhere.
function M.django(repo, paths, squashed, put_together)
  local groups, order = {}, {}
  local stands_for, is_added_to = as_keys(squashed), as_keys(put_together)
  for _, path in paths do
    local key, name = path:match("^(.*)/([^/]+)%.py$")
    if not key then
      key, name = "", path:match("^([^/]+)%.py$")
    end
    local text = name and repo:text(path)
    if not text then
      continue
    end
    local group = groups[key]
    if not group then
      group = { directory = key, all = {} }
      groups[key] = group
      table.insert(order, group)
    end
    local depends = list_of(text, "dependencies")
    local replaces = stands_for[path] and list_of(text, "replaces")
    table.insert(group.all, { path = path, text = text, word = "class Migration", revision = name, parents = depends and quoted(depends) or {}, replaces = replaces and quoted(replaces) or {}, is_known = depends ~= nil and not is_added_to[path] })
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
