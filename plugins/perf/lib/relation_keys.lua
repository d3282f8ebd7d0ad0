-- Which foreign key a relation of SQLAlchemy goes by: that of its own class where it leads to one row, that of the other class where it gives a list, or one of
-- the table that `secondary` names. Keys are told as a model (a class or a table) and its field.

local association_tables = require("association_tables")
local words = require("words")

local M = {}

-- The class that a relation leads to, by its name: `relationship("Order")`, `orders: Mapped[list["Order"]]`.
local function target_of(relation)
  local text = relation.target and relation.target:match("([%w_]+)$")
  if not text and relation.type then
    text = relation.type.source:match("%[[^%w]*([%w_]+)[^%w]*%]*$") or relation.type.source:match("([%w_]+)[^%w]*$")
  end
  return text
end

-- Whether a key leads to a model: `ForeignKey("orders.id")`, `ForeignKey(Order.id)`.
local function leads_to(column, other)
  local owner = column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$")
  return owner ~= nil and (owner == other.table or owner == other.name)
end

-- The foreign key of `model` to `other`; of several the one that `said` names, the text of the relation's call; nil where that is not told.
local function key_to(model, other, said)
  local found, count = {}, 0
  for field, column in model.columns do
    if leads_to(column, other) then
      table.insert(found, field)
      count += 1
    end
  end
  if count > 1 and said then
    local named = {}
    for _, field in found do
      if said:find(`%f[%w_]{field}%f[^%w_]`) then
        table.insert(named, field)
      end
    end
    found = named
  end
  return #found == 1 and found[1] or nil
end

-- What the call says of its keys: `foreign_keys=[buyer_id]`, `primaryjoin=...`.
local function said_of(call, words)
  local text = ""
  for _, word in words do
    local value = call:arg(word)
    text ..= value and value.source .. " " or ""
  end
  return text
end

-- The two keys of the table that `secondary` names: the one to the relation's own class, the one to the other; nil where they are not told.
local function tied_by(relation, model, other, by_name, tables)
  local given = relation.call:arg("secondary")
  if not given then
    return nil
  end
  local text = given:literal()
  local name = type(text) == "string" and text:match("([%w_]+)$") or given.source:gsub("%.__table__$", ""):match("([%w_]+)$")
  local tie = name and (by_name[name] or tables[name])
  if not tie or not tie.is_whole then
    return nil
  end
  local is_same = other == model
  local own = key_to(tie, model, is_same and said_of(relation.call, { "primaryjoin" }) or nil)
  local far = key_to(tie, other, is_same and said_of(relation.call, { "secondaryjoin" }) or nil)
  return tie, own, far
end

-- What is known of a repository's relations; `models` are its classes, `by_name` the same by their names and those of their tables.
function M.of(repo, models, by_name)
  local tables = association_tables.of(repo)
  local self = {}

  -- How a relation goes: {kind = "one" | "list" | "tie", other, model, field, far}.
  local function read(model, relation)
    if relation.way ~= nil then
      return relation.way
    end
    relation.way = false
    local other = by_name[target_of(relation) or ""]
    if not other then
      return false
    end
    if select(2, relation.call:arg("secondary")) ~= "absent" then
      local tie, own, far = tied_by(relation, model, other, by_name, tables)
      relation.way = tie ~= nil and { kind = "tie", other = other, model = tie, field = own, far = far }
      return relation.way
    end
    local said = said_of(relation.call, { "foreign_keys", "primaryjoin" })
    local own = key_to(model, other, said)
    if own and other ~= model then
      relation.way = { kind = "one", other = other, model = model, field = own }
    elseif not own and other ~= model then
      local back = key_to(other, model, said)
      relation.way = back ~= nil and { kind = "list", other = other, model = other, field = back }
    elseif own then
      -- Of a tree the side that names the far end leads to one row.
      local is_one = select(2, relation.call:arg("remote_side")) ~= "absent"
      relation.way = { kind = is_one and "one" or "list", other = model, model = model, field = own }
    end
    return relation.way
  end

  -- A relation by the name under which it is read, also one that the other side declares with `backref`.
  local backs = nil
  local function back_of(model, name)
    if not backs then
      backs = {}
      for _, one in models do
        for _, relation in one.relations do
          local back = relation.call:arg("backref")
          local text = back and (back:literal() or back.kind == "call" and back:arg(1) and back:arg(1):literal())
          local way = type(text) == "string" and read(one, relation)
          if way then
            backs[way.other] = backs[way.other] or {}
            backs[way.other][text] = { way = way, relation = relation, back = back }
          end
        end
      end
    end
    return backs[model] and backs[model][name]
  end

  -- The key of `model` that a relation to one row goes by; nil where there is none.
  function self.key_of(model, name)
    local relation = model.relations[name]
    local way = relation and read(model, relation)
    if way then
      return way.kind == "one" and way.field or nil
    end
    local back = not relation and back_of(model, name)
    return back and back.way.kind == "list" and back.way.model == model and back.way.field or nil
  end

  -- The one key of `model` that leads to another one.
  function self.key_between(model, other)
    return other ~= model and key_to(model, other, nil) or nil
  end

  -- The key that rows are found by when those of a list are asked for: `Order.tags.any(...)`.
  function self.asked_of(model, name)
    local relation = model.relations[name]
    local way = relation and read(model, relation)
    if way then
      return way.model, way.kind == "tie" and way.far or way.kind == "list" and way.field or nil
    end
    local back = not relation and back_of(model, name)
    if not back or back.way.kind == "list" then
      return nil
    end
    return back.way.model, back.way.field
  end

  -- Calls `see(name, model, field, at, is_always, owner)` for each list of rows that a relation gives; `is_always` where it is read whenever its owner, a model, is.
  function self.each_list(see)
    for _, model in models do
      for name, relation in model.relations do
        local way = read(model, relation)
        if not way then
          continue
        end
        local lazy = relation.call:arg("lazy")
        local is_always = lazy ~= nil and M.ALWAYS[lazy:literal() or ""] ~= nil
        if way.kind ~= "one" and way.field then
          see(name, way.model, way.field, relation.at, is_always, model)
        end
        local back = relation.call:arg("backref")
        local text = back and (back:literal() or back.kind == "call" and back:arg(1) and back:arg(1):literal())
        if type(text) == "string" and way.kind ~= "list" then
          local own = back.kind == "call" and back:arg("lazy")
          local field = way.kind == "tie" and way.far or way.kind == "one" and way.field or nil
          if field then
            see(text, way.model, field, relation.at, own and M.ALWAYS[own:literal() or ""] ~= nil or false, way.other)
          end
        end
      end
    end
  end

  return self
end

-- Ways of loading that ask for the list with each owner.
M.ALWAYS = { joined = true, selectin = true, subquery = true, immediate = true }

-- Where a file reads a list of rows: `user.orders`, in code or in what a query loads along; with `is_of`, only where that says so of what it is read from.
function M.read_in(file, name, is_of)
  for _, attr in file.root:descendants({ "attr" }, name) do
    local parent = attr:parent()
    local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
    if attr.text == name and attr:role() ~= "target" and not is_called and (not is_of or is_of(attr:child("value"))) then
      return attr
    end
  end
  return nil
end

-- Tells of several classes whose lists have one name which one a value is of: the class itself, `self` within it, or a name with a word that only this class has,
-- as `food.aliases` of `Food` and `Unit`. `owners` are the models of all.
function M.is_of(owner, owners, model_of)
  local own = {}
  for _, word in words.of(owner.name) do
    own[word] = true
  end
  for _, other in owners do
    for _, word in other ~= owner and words.of(other.name) or {} do
      own[word] = nil
    end
  end
  return function(value)
    if not value or value.kind ~= "name" and value.kind ~= "attr" then
      return false
    elseif value.text == "self" then
      local class = value:enclosing("class")
      return class ~= nil and model_of(class) == owner
    end
    local model = model_of(value)
    if model then
      return model == owner
    end
    for _, word in words.of(value.text) do
      if own[word] then
        return true
      end
    end
    return false
  end
end

return M
