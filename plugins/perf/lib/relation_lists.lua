-- Lists of rows that relations of SQLAlchemy give, with the foreign keys that they go by, and where code reads them.

local M = {}

-- The class that a relation leads to, by its name: `relationship("Order")`, `orders: Mapped[list["Order"]]`.
local function target_of(relation)
  local text = relation.target and relation.target:match("([%w_]+)$")
  if not text and relation.type then
    text = relation.type.source:match("%[[^%w]*([%w_]+)[^%w]*%]*$") or relation.type.source:match("([%w_]+)[^%w]*$")
  end
  return text
end

-- The one foreign key of a model to a table; nil where it has none, or several.
local function key_to(model, target)
  local found = nil
  for field, column in model.columns do
    if column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$") == target then
      if found then
        return nil
      end
      found = field
    end
  end
  return found
end

-- Lists of rows that relations give, by the name under which they are read: {model, field, at}; a name that several have is none.
function M.of(models, by_name)
  local lists = {}
  local function add(name, child, parent, at)
    local field = child and parent.table and key_to(child, parent.table)
    if field then
      lists[name] = lists[name] == nil and { model = child, field = field, at = at } or false
    end
  end
  for _, model in models do
    for name, relation in model.relations do
      local other = by_name[target_of(relation) or ""]
      -- The side that holds the key gives one row, the other one a list.
      if other and not key_to(model, other.table or "") then
        add(name, other, model, relation.at)
      end
      local back = relation.call:arg("backref")
      local text = back and (back:literal() or back.kind == "call" and back:arg(1) and back:arg(1):literal())
      if other and type(text) == "string" then
        add(text, model, other, relation.at)
      end
    end
  end
  return lists
end

-- Where a file reads a list of rows: `user.orders`, in code or in what a query loads along.
function M.read_in(file, name)
  for _, attr in file.root:descendants({ "attr" }) do
    local parent = attr:parent()
    local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
    if attr.text == name and attr:role() ~= "target" and not is_called then
      return attr
    end
  end
  return nil
end

return M
