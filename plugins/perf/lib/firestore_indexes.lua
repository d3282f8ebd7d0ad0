-- The composite indexes of Firestore that a repository declares: in the index files of the Firebase CLI, and in Terraform.

local M = {}

-- The files that `firebase.json` names as index files, and those that are called so.
local function files(repo)
  local seen, all = {}, {}
  local function add(path)
    if not seen[path] and repo:at(path) == "file" then
      seen[path] = true
      table.insert(all, path)
    end
  end
  for _, path in repo:paths("{firestore*indexes*.json,**/firestore*indexes*.json}") do
    if not path:find("node_modules/", 1, true) then
      add(path)
    end
  end
  for _, path in repo:paths("{firebase*.json,**/firebase*.json}") do
    local file = repo:open(path)
    local document = file and file.documents and file.documents[1]
    for _, named in document and document:select("firestore.indexes") or {} do
      add((path:match("^(.*/)[^/]*$") or "") .. named.text:gsub("^%./", ""))
    end
  end
  return all
end

-- Fields of one index in order, {field, order}: the key of the document, which Firestore adds itself, left out.
local function fields_of(list)
  local all = {}
  for _, field in list do
    local path, order = field:get("fieldPath"), field:get("order")
    if not path then
      path = field:get("field_path")
    end
    local contains = field:get("arrayConfig") or field:get("array_config")
    if field:get("vectorConfig") or field:get("vector_config") then
      return nil
    end
    if path and path.text ~= "__name__" then
      table.insert(all, { field = path.text, order = contains and "contains" or order and order.text:lower():sub(1, 4) == "desc" and "desc" or "asc" })
    end
  end
  return all
end

local function read_json(out, file)
  local document = file.documents and file.documents[1]
  local list, state = nil, "absent"
  if document then
    list, state = document:get("indexes")
  end
  if not document or file.is_partial or state == "hidden" then
    out.is_whole = false
    return
  end
  out.is_declared = true
  -- Of several files nothing says which one a query's project deploys.
  out.is_one = out.is_one == nil
  out.list, out.file = list, file
  for _, entry in list and list:entries() or {} do
    local group, scope, fields = entry:get("collectionGroup") or entry:get("collectionId"), entry:get("queryScope"), entry:get("fields")
    local read = fields and fields_of(fields:entries())
    if group and read then
      table.insert(out.indexes, { collection = group.text, is_group = scope ~= nil and scope.text == "COLLECTION_GROUP", fields = read, at = entry })
    end
  end
end

local function read_terraform(out, file)
  for _, document in file.documents or {} do
    for _, block in document:blocks("resource", { "google_firestore_index" }) do
      local collection, scope = block:get("collection"), block:get("query_scope")
      local fields = fields_of(block:select("fields"))
      if not fields or #fields == 0 then
        -- Some blocks are lists of one another, or are made by `dynamic`.
        fields = fields_of(block:select("fields[*]"))
      end
      if block:get("for_each") or block:get("dynamic") or not collection or collection.kind ~= "scalar" or collection.text:find("${", 1, true) then
        out.is_whole = false
      elseif fields and #fields > 0 then
        out.is_declared = true
        table.insert(out.indexes, { collection = collection.text:match("([^/]+)$"), is_group = scope ~= nil and scope.text == "COLLECTION_GROUP", fields = fields, at = block })
      end
    end
  end
end

-- What is declared: {indexes, is_declared (something says what indexes there are), is_whole, list (the node of the list to add to), file (that it stands in)}.
function M.of(repo)
  local out = { indexes = {}, is_declared = false, is_whole = true, list = nil, file = nil }
  for _, path in files(repo) do
    local file = repo:open(path)
    if file then
      read_json(out, file)
    end
  end
  for _, path in repo:holding("**/*.{tf,tofu}", "google_firestore_index") do
    local file = repo:open(path)
    if file then
      out.is_whole = out.is_whole and not file.is_partial
      read_terraform(out, file)
    end
  end
  return out
end

-- Whether an index ends in the sorted fields and begins with some of those compared for equality: such indexes can be merged.
-- Second, whether it does but for the direction of a sort.
local function ends_so(index, question)
  local fields, sorted = index.fields, question.sorted
  local before = #fields - #sorted
  if before < 0 then
    return false, false
  end
  local same, turned = true, false
  for at, one in sorted do
    local field = fields[before + at]
    same = same and field.field == one.field
    turned = turned or one.order ~= nil and field.order ~= one.order
  end
  for at = 1, before do
    same = same and question.equal[fields[at].field] ~= nil
  end
  return same, turned
end

-- Whether the declared indexes serve a question: "yes", "turned" where only the direction of a sort differs, or "no".
function M.serve(declared, question)
  local with, without = {}, {}
  local is_bare, is_bare_turned = false, false
  for _, index in declared.indexes do
    if index.collection == question.collection and index.is_group == question.is_group then
      local same, turned = ends_so(index, question)
      if same then
        for at = 1, #index.fields - #question.sorted do
          with[index.fields[at].field] = with[index.fields[at].field] or not turned
          without[index.fields[at].field] = true
        end
        is_bare = is_bare or not turned
        is_bare_turned = true
      end
    end
  end
  local served, nearly = is_bare, is_bare_turned
  for field in question.equal do
    served = served and with[field] == true
    nearly = nearly and without[field] == true
  end
  return served and "yes" or nearly and "turned" or "no"
end

return M
