-- Ownership: a function that opens something and lets it escape (returns it, stores it, hands it on) owns it no longer. What is left is
-- its own to close.

local closing_fix = require("closing_fix")
local dispatch = require("dispatch")
local kept_resource = require("kept_resource")
local ownership = require("ownership")

local function is_short_lived(call)
  local reach = call:reach()
  return reach == "test" or reach == "script" or call.file.class == "migration"
end

local function report_leak(report, call, message, confidence, related, target)
  local reach = call:reach()
  if confidence ~= "low" and reach ~= "request" and reach ~= "worker" then
    confidence = reach == "startup" and "low" or "medium"
  end
  report({
    at = call,
    message = message,
    confidence = confidence,
    related = related,
    notes = { library = call:target()[1] },
    fix = call:fact("resource") and closing_fix.of(call, target) or nil,
  })
end

-- Nothing holds it: it is read from on the spot.
local function check_unbound(call, what, report)
  local node, parent = ownership.unwrapped(call)
  if parent.kind == "attr" and node:role() == "value" then
    local top, links = ownership.chain_above(call)
    local closers = ownership.closers_of(call)
    for _, link in links do
      if closers[link] then
        return
      end
    end
    local above = top:parent()
    if above and above.kind == "assign" and ownership.KEEPS[links[#links]] or above and above.kind == "return" and ownership.KEEPS[links[#links]] or above and above.kind == "with-item" then
      return
    end
    if links[#links] == "start" or links[#links] == "then" then
      return
    end
    report_leak(report, call, `this {what} is used on the spot and never closed`, "medium")
  elseif parent.kind == "call" and node:role() == "arg" then
    if not ownership.takes_over(parent, node) and parent.name ~= "closing" and parent.name ~= "aclosing" and not parent.name:find("enter", 1, true) then
      report_leak(report, call, `this {what} is opened for {parent.name}, which does not close it`, "medium")
    end
  elseif parent.kind == "expr-stmt" and call.file.language ~= "go" then
    report_leak(report, call, `this {what} is opened and dropped without being closed`, "medium")
  end
end

local function check_resource(call, report)
  if is_short_lived(call) or ownership.is_borrowed(call) then
    return
  end
  local what = call:fact("resource")
  local func = call:func()
  if not func then
    -- What a module opens for itself lives as long as the process.
    return
  end
  local target, binding = ownership.own_binding(call, func.node)
  if not target then
    local _, parent = ownership.unwrapped(call)
    if parent and parent.kind ~= "assign" then
      check_unbound(call, what, report)
    end
    return
  end
  local names = call:aliases(func.node)
  if not names then
    return
  end
  local closers = ownership.closers_of(call)
  for _, name in names do
    if ownership.use_of(name, closers, func.node) or what == "ticker" and ownership.paces_for_good(name) then
      return
    end
  end
  if ownership.is_released(call, names) then
    return
  end
  local is_in_block = binding ~= nil and binding.kind == "with-item"
  local message = is_in_block and `{target.text}, a {what}, is opened here and never closed: its own \`with\` only ends the transaction` or `{target.text}, a {what}, is opened here and never closed`
  report_leak(report, call, message, "high", nil, target)
end

local function check_owner(call, report)
  if is_short_lived(call) or call:fact("resource") then
    return
  end
  local func, receiver = call:func(), call:receiver()
  if not func or not receiver or receiver.kind ~= "name" then
    return
  end
  local made = receiver:value()
  if not made or made.kind ~= "call" or not made:enclosing({ "function" }) or not made:enclosing({ "function" }):same(func.node) then
    return
  end
  for _, callee in call:callees() do
    local class = callee.node:enclosing({ "class" })
    local attribute, opened = kept_resource.kept_in(callee.node)
    local closers = attribute and ownership.closers_of(opened)
    local methods = class and attribute and kept_resource.closing_methods(class, attribute, closers)
    if methods then
      local owners = made:aliases(func.node)
      local all = { { names = owners, closers = methods }, { names = call:aliases(func.node), closers = closers } }
      for _, one in all do
        for _, name in one.names or {} do
          if ownership.use_of(name, one.closers, func.node) then
            return
          end
        end
      end
      if not owners then
        return
      end
      local names = {}
      for name in methods do
        table.insert(names, name)
      end
      table.sort(names)
      report_leak(report, call, `{receiver.text} opens a {opened:fact("resource")} here, and nothing calls {table.concat(names, " or ")} on it`, "high", {
        { at = opened, message = "opened here" },
      })
      return
    end
  end
end

return dispatch.on_server({ resource = check_resource, owner = check_owner })
