-- Django's and REST framework's generic views, which list all rows where neither they nor the settings paginate.

local declared = require("declared")
local development_apps = require("development_apps")
local few_rows = require("few_rows")
local query_chain = require("query_chain")
local routed_actions = require("routed_actions")
local set = require("words").set
local whole_answers = require("whole_answers")

local M = {}

-- What the settings say of pages: {is_stock, is_own, has_size}; nil until that was looked up.
local settings = nil

local function sets_size(text, pattern)
  local size = text:match(pattern)
  return size ~= nil and not size:find("None", 1, true)
end

local function settings_of(repo)
  if settings then
    return settings
  end
  settings = { is_stock = false, is_own = false, has_size = false }
  for _, path in repo:paths("**/*.py") do
    if path:find("settings", 1, true) or path:find("config", 1, true) then
      local file = repo:open(path)
      local text = file and file.text:gsub("#[^\n]*", "") or ""
      local class = text:match("[\"']DEFAULT_PAGINATION_CLASS[\"']%s*%]?%s*[:=]%s*([^,\n]+)")
      if class and not class:find("None", 1, true) then
        local is_stock = class:find("rest_framework.pagination.", 1, true) ~= nil
        settings.is_stock, settings.is_own = settings.is_stock or is_stock, settings.is_own or not is_stock
      end
      settings.has_size = settings.has_size or sets_size(text, "PAGE_SIZE[\"']?%s*%]?%s*[:=]%s*([^,\n}]+)")
    end
  end
  -- Settings may be put together of parts that are called anything.
  for _, path in settings.has_size and {} or repo:holding("**/*.py", "PAGE_SIZE") do
    local file = repo:open(path)
    settings.has_size = settings.has_size or file ~= nil and sets_size(file.text:gsub("#[^\n]*", ""), "[\"']PAGE_SIZE[\"']%s*%]?%s*[:=]%s*([^,\n}]+)")
  end
  return settings
end

-- REST framework's own classes give all rows where no size of a page is set.
local function paginates_by_default(repo)
  local said = settings_of(repo)
  return said.is_own or said.is_stock and said.has_size
end

-- The class of this repository that a name stands for.
local function class_of(name)
  local found = name:definition()
  for _, class in not found and name.kind == "name" and name.file.root and name.file.root:descendants("class") or {} do
    found = found or class.text == name.text and class or nil
  end
  return found and found.kind == "class" and found or nil
end

-- What a class sets in its body, or else one of its bases in this repository: values and methods by name.
local function members_of(node, depth)
  local all = {}
  for _, statement in node:child("body") and node:child("body"):children() or {} do
    local target = statement.kind == "assign" and statement:child("target")
    if target then
      all[target.text] = statement:child("value")
    elseif statement.kind == "function" then
      all[statement.text] = statement
    end
  end
  for _, base in depth < 4 and node:children("base") or {} do
    local class = class_of(base)
    for name, value in class and not class:same(node) and members_of(class, depth + 1) or {} do
      all[name] = all[name] or value
    end
  end
  return all
end

-- Whether a class of pages waits for the settings to say how large they are.
local function is_stock(class)
  local own = class_of(class)
  local members = own and members_of(own, 0) or {}
  if members.page_size or members.default_limit or members.get_page_size or members.get_limit or members.paginate_queryset then
    return false
  end
  for _, one in own and own:children("base") or { class } do
    for _, path in one:origin() do
      if path:find("^rest_framework%.pagination%.") then
        return true
      end
    end
  end
  return false
end

-- Whether a view answers no GET.
local function is_for_writing(names)
  if not names or names.kind ~= "list" then
    return false
  end
  for _, item in names:children() do
    if item.kind ~= "str" or item.text:lower() == "get" then
      return false
    end
  end
  return true
end

local ASKED = { GET = true, query_params = true }

-- Whether something stands under an `if` of a method, or is what one asks.
local function is_under_if(node, method)
  local branch = node:enclosing({ "if", "conditional", "function" })
  return branch ~= nil and branch.kind ~= "function" and branch:is_within(method)
end

-- Whether a method of a view narrows its rows further for whoever names one thing that they hang on, `if order_id: rows = rows.filter(order_id=order_id)`: without it
-- there are the rows of all these things.
local function offers_parent(method)
  for _, call in method:descendants("call", "filter") do
    local assign = call:enclosing({ "assign", "return", "function" })
    for _, argument in assign and assign.kind ~= "function" and is_under_if(call, method) and call:children("arg") or {} do
      if argument.kind == "kw-arg" and argument.text:find("%l_id$") and not argument.text:find("user_id$") and argument:child("value").kind == "name" then
        return true
      end
    end
  end
  return false
end

-- Whether a method asks its request, or the path, for what narrows the rows in any case: `if q:` around a filter leaves them all to whoever asks for nothing.
-- With `is_off` pages are switched off for the rows of whoever asks: those are as many as that user has.
local function always_narrows(method, is_off)
  is_off = is_off or offers_parent(method)
  for _, call in method:descendants("call") do
    -- `filter(order=self.get_order())`: the rows of one parent.
    local on = call:receiver()
    if on and on.kind == "name" and on.text == "self" and call.name:find("^get_") and call.name ~= "get_queryset" and call.name:find("serializer", 1, true) == nil then
      return true
    end
  end
  for _, node in method:descendants({ "attr", "name" }) do
    local is_path = node.text == "kwargs" and node.kind == "attr"
    if is_path then
      return true
    elseif node.kind == "attr" and node.text == "request" then
      local link = node:parent()
      local is_context = link and (link.kind == "pair" or link.kind == "kw-arg")
      if is_context or is_off and link and link.kind == "attr" and link.text == "user" then
        continue
      elseif not link or link.kind ~= "attr" or not ASKED[link.text] then
        return true
      end
      local assign = node:enclosing({ "assign", "if", "conditional", "function" })
      local target = assign and assign.kind == "assign" and assign:child("target")
      local value = target and assign:child("value")
      if value and value.kind == "compare" then
        -- One half of the rows or the other.
        continue
      elseif target and target.kind == "name" then
        for _, name in method:descendants("name") do
          if name.text == target.text and name:role() ~= "target" and not is_under_if(name, method) then
            return true
          end
        end
      elseif not is_under_if(node, method) then
        return true
      end
    end
  end
  return false
end

-- What a `list` of a view's own pages with, or bounds its rows by; what its base does is no answer of its own.
local PAGING = set("paginate_queryset", "get_paginated_response", "paginate", "Paginator", "super", "get_page", "get_object", "get_object_or_404")

-- Whether a `list` of a view's own answers with all rows of its query: the pages that the view or the settings declare are never asked for.
local function passes_pages_by(method)
  if method.kind ~= "function" then
    return false
  end
  local shows = false
  for _, call in method:descendants("call") do
    if PAGING[call.name] or call.name:lower():find("pagina", 1, true) then
      return false
    end
    local many = call:arg("many")
    shows = shows or many ~= nil and many:literal() == true
  end
  return shows and #method:descendants("slice") == 0
end

-- Whether a query of models is written in a method: `Order.objects.filter(...)`, `Order.published.all()`.
local function asks_a_model(method)
  return method ~= nil and not method.source:find("self%.model") and (method.source:find("%.objects") ~= nil or method.source:find("%f[%w]%u%w*%l%w*%.%l[%w_]*%.%l") ~= nil)
end

-- Whether all that a method gives is an empty query; one for those who are not logged in says nothing of the others.
local function gives_nothing(method)
  local gives = false
  for _, statement in method:descendants("return") do
    local value = statement:child("value")
    if value and not value.source:find("%.none%(%)%s*$") then
      return false
    end
    gives = gives or value ~= nil
  end
  return gives
end

-- Reports a class of views that lists all rows.
function M.check(node, report, repo)
  local body = node:child("body")
  if not body then
    return
  end
  local is_rest = false
  for _, path in select(2, declared.lineage(node, repo)) do
    is_rest = is_rest or path:find("^rest_framework") ~= nil
  end
  local name
  local set_here = members_of(node, 0)
  local list = set_here.list
  local is_passed_by = is_rest and list ~= nil and passes_pages_by(list)
  local bound = set_here.pagination_class or set_here.paginate_by or set_here.get_paginate_by or set_here.paginator_class
  -- A list of its own that only asks its base to do it is paged as the view is.
  if bound == nil and list and not is_passed_by and not (is_rest and #list:descendants("call", "super") > 0 and #list:descendants("call", "Response") == 0) then
    bound = list
  end
  local is_declared_off = bound ~= nil and bound.kind == "null"
  local is_off = is_passed_by or bound ~= nil and bound.kind == "null"
  if bound and not is_off and bound == set_here.pagination_class and is_stock(bound) and not settings_of(repo).has_size then
    is_off = true
  end
  if bound and not is_off or is_for_writing(set_here.http_method_names) then
    return
  end
  if is_rest and paginates_by_default(repo) and not is_off then
    return
  end
  local own = set_here.get_queryset
  if own and (own.source:find("%[[^%]]*:[^%]]*%]") or gives_nothing(own) or always_narrows(own, is_off)) then
    return
  elseif is_passed_by and always_narrows(list, true) then
    return
  end
  local queryset = set_here.queryset or set_here.model
  if queryset then
    if queryset.source:find("%[[^%]]*:[^%]]*%]") or queryset.source:find("%.none%(") then
      return
    end
    local root = query_chain.root_of(queryset)
    name = root and root.text
  end
  if not name and not asks_a_model(own) and not (is_passed_by and asks_a_model(list)) then
    -- A base of views, or one whose rows are not seen.
    return
  end
  -- Django's own groups are roles.
  if few_rows.named(name or node.text) or name == "Group" then
    return
  elseif is_rest and not routed_actions.may_list(node, repo) then
    return
  end
  local whose = name and " of " .. name or ""
  report({
    at = is_passed_by and not is_declared_off and list or node,
    message = is_passed_by and not is_declared_off and `{node.text}.list answers with all rows{whose}: it passes the pages of the view by` or `{node.text} lists all rows{whose}: neither the view nor the settings paginate`,
    confidence = (whole_answers.is_of_view(node, set_here) or development_apps.holds(node.file.path, repo)) and "low" or "medium",
    reach = "request",
    notes = { framework = is_rest and "rest_framework" or "django" },
  })
end

local LISTING = set("ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView", "ListModelMixin")

-- Whether a class lists rows by way of bases of the project alone; those that name a base of the framework are looked at one by one.
local function lists_through_project(class, repo)
  for _, base in class:children("base") do
    for _, path in base:origin() do
      if path:find("^rest_framework") then
        return false
      end
    end
  end
  for _, path in select(2, declared.lineage(class, repo)) do
    if path:find("^rest_framework") and LISTING[path:match("([%w_]+)$")] then
      return true
    end
  end
  return false
end

-- Whether a function is the `list` of a view of REST framework that shows all rows: it is told with its view.
function M.is_own_list(node, repo)
  local class = node.name == "list" and passes_pages_by(node) and node:enclosing({ "class", "function" })
  for _, path in class and class.kind == "class" and select(2, declared.lineage(class, repo)) or {} do
    if path:find("^rest_framework") and LISTING[path:match("([%w_]+)$")] then
      return true
    end
  end
  return false
end

-- Reports the views that are built on a base of the project and list all rows: where the settings paginate, those that switch pages off, or pass them by.
function M.check_repository(repo, report)
  if not repo:imports({ "rest_framework", "rest_framework.**" }) then
    return
  end
  local words = paginates_by_default(repo) and { "pagination_class = None", "def list(" } or { "queryset = ", "def get_queryset(", "pagination_class = None", "def list(" }
  for _, path in repo:holding("**/*.py", words) do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
      if #class:children("base") > 0 and lists_through_project(class, repo) then
        M.check(class, report, repo)
      end
    end
  end
end

return M
