-- Ownership: a function that opens something and lets it escape (returns it, stores it, hands it on) owns it no longer. What is left is
-- its own to close.

local closing_fix = require("closing_fix")
local dispatch = require("dispatch")
local failing_ways = require("failing_ways")
local go_answers = require("go_answers")
local handed_resource = require("handed_resource")
local kept_resource = require("kept_resource")
local late_closing = require("late_closing")
local left_open_pages = require("left_open_pages")
local ownership = require("ownership")
local passing_requests = require("passing_requests")
local piped_streams = require("piped_streams")
local streamed_answers = require("streamed_answers")
local words = require("words")
local yielded_block = require("yielded_block")

-- What an operator starts by hand: a command of click, typer or Flask, whatever the decorator that makes it one is called here.
local COMMANDS = table.freeze({ "click**", "typer**", "flask.cli**" })

local function is_command(call)
  local func = call.file.language == "python" and call:func()
  for _, decorator in func and func.node:children("decorator") or {} do
    if decorator.source:lower():find("command", 1, true) then
      return call.file:imports(COMMANDS)
    end
  end
  return false
end

local function is_short_lived(call)
  local reach = call:reach()
  return reach == "test" or reach == "script" or call.file.class == "migration" or is_command(call)
end

-- Rows of a transaction end with it: where a `defer` rolls that back, nothing is left open.
local function is_of_ended_transaction(call, func)
  local on = call:receiver()
  if call.file.language ~= "go" or not on or on.kind ~= "name" then
    return false
  end
  for _, ending in func.node:descendants("call", { "Rollback", "Commit" }) do
    local receiver, around = ending:receiver(), ending:parent()
    if receiver and receiver.text == on.text and around and around.kind == "defer" then
      return true
    end
  end
  return false
end

-- What CPython closes with the last name for it: a local one stays open until its function ends, and longer only where an error, a debugger or a cycle keeps it.
local LET_GO = words.set("file", "archive", "connection", "file descriptor")

local function closes_by_itself(call)
  return call.file.language == "python" and LET_GO[call:fact("resource") or ""] and call:fact("flavour") ~= "async" and call:fact("scope") ~= nil and not call:is("os.**")
end

local function report_leak(report, call, message, confidence, related, target)
  local reach = call:reach()
  local is_let_go = closes_by_itself(call)
  if confidence ~= "low" and reach ~= "request" and reach ~= "worker" then
    confidence = reach == "startup" and "low" or "medium"
  elseif confidence == "medium" and passing_requests.are_all(call) then
    -- Left open once, when a service is set up, or at a developer's.
    confidence = "low"
  end
  if is_let_go and confidence == "high" then
    confidence = "medium"
  end
  report({
    at = call,
    message = is_let_go and `{message}; it stays open until the interpreter lets go of it` or message,
    severity = is_let_go and "medium" or nil,
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

-- What a function of Go closes on one way and leaves open on another.
-- Rows close themselves where they end.
local function check_ways(call, what, target, binding, closings, func, report)
  if what == "transaction" then
    local left = binding and binding.kind == "assign" and late_closing.unfinished(binding, closings, func.node)
    if left then
      report_leak(report, call, `{target.text}, a transaction, is neither committed nor rolled back on one way, and keeps its connection`, "medium", { { at = left, message = "leaves it open" } })
    end
    return
  end
  local out = call.file.language == "go" and what ~= "rows" and binding and binding.kind == "assign" and late_closing.way_out(binding, closings, func.node)
  if not out then
    return
  end
  local how = out.kind == "return" and "the function returns before it is closed" or "it is closed in one branch only"
  report_leak(report, call, `{target.text}, a {what}, stays open on one way: {how}`, "medium", { { at = out, message = "leaves it open" } })
end

-- What a function opens and hands out belongs to those who call it: none of them closes it.
local function check_handed(call, func, what, report)
  if call:is("tempfile.**") then
    -- It goes with what holds it, and its file with it.
    return
  end
  local callers = handed_resource.left_open(call, func)
  if not callers then
    return
  end
  local related = {}
  for at, caller in callers do
    if at <= 5 then
      table.insert(related, { at = caller, message = "takes it and leaves it open" })
    end
  end
  local who = #callers == 1 and "its only caller never closes it" or `none of its {#callers} callers closes it`
  report_leak(report, call, `{func.name} hands out the {what} that it opens here, and {who}`, what == "file" and "medium" or "high", related)
end

local function check_resource(call, report, is_answer)
  if is_short_lived(call) or ownership.is_borrowed(call) then
    return
  end
  local what = is_answer and "response body" or call:fact("resource")
  local func = call:func()
  if not func then
    -- What a module opens for itself lives as long as the process.
    return
  end
  if what == "rows" and is_of_ended_transaction(call, func) then
    return
  end
  local target, binding = ownership.own_binding(call, func.node)
  if not target then
    local _, parent = ownership.unwrapped(call)
    if parent and parent.kind == "return" and not is_answer then
      check_handed(call, func, what, report)
    elseif parent and parent.kind ~= "assign" then
      check_unbound(call, what, report)
    end
    return
  end
  local names = call:aliases(func.node)
  if not names then
    return
  end
  local closers = is_answer and words.set("Close") or ownership.closers_of(call)
  local closings, is_handed = {}, false
  for _, name in names do
    local use = ownership.use_of(name, closers, func.node)
    local above = name:parent()
    if use == "gone" and above and above.kind == "return" and not is_answer then
      is_handed = true
    elseif use == "gone" or what == "ticker" and ownership.paces_for_good(name) then
      return
    elseif use then
      table.insert(closings, name)
    end
  end
  if is_handed then
    if #closings == 0 then
      check_handed(call, func, what, report)
    end
    return
  end
  if #closings > 0 then
    local failing, closed = failing_ways.of(call, target.text, closings, func.node)
    if failing and closed then
      report_leak(report, call, `{target.text}, a {what}, is closed where all goes well only: when {failing.name} fails, it stays open`, "medium", {
        { at = failing, message = "may fail" }, { at = closed, message = "closed here, and not in a `finally`" },
      })
      return
    end
    check_ways(call, what, target, binding, closings, func, report)
    return
  end
  if ownership.is_released(call, names) then
    return
  end
  local is_in_block = binding ~= nil and binding.kind == "with-item"
  local message = target.text == "_" and `a {what} is opened here, nothing takes it, and it is never closed` or is_in_block and `{target.text}, a {what}, is opened here and never closed: its own \`with\` only ends the transaction` or `{target.text}, a {what}, is opened here and never closed`
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

local function check_answer(call, report)
  if go_answers.is_asked(call) then
    check_resource(call, report, true)
  end
end

local UNDOING = words.set("rollback")
-- What a transaction that nobody hands a function to is begun on.
local BEGUN_ON = words.set("sequelize", "knex")

-- A transaction that a `try` undoes, and what may throw before that.
local function check_transaction(call, report)
  local func, receiver = call:func(), call:receiver()
  local first = call:arg(1)
  if is_short_lived(call) or not func or not receiver or not BEGUN_ON[receiver.name:lower()] or first and first.kind ~= "dict" then
    return
  end
  local target, binding = ownership.own_binding(call, func.node)
  local thrower = target and call:aliases(func.node) and late_closing.thrown_before_try(binding, call:aliases(func.node), UNDOING)
  if thrower then
    -- Nothing keeps a transaction for as long as the process lives, whenever it is begun.
    report({
      at = call,
      message = `{target.text} is open before the try that rolls it back: where {thrower.name} fails, nothing ends it, and its connection is never given back`,
      confidence = "medium",
      related = { { at = thrower, message = "may fail" } },
      notes = { library = call:target()[1] },
    })
  end
end

local function check_page(call, report)
  if is_short_lived(call) then
    return
  end
  local target, closed, failing = left_open_pages.find(call)
  if target then
    report({
      at = call,
      message = `{target.text} is closed where all goes well only: when {failing.name} fails, it stays open in a browser that goes on running`,
      confidence = "medium",
      related = { { at = failing, message = "may fail" }, { at = closed, message = "closed here, and not in a `finally`" } },
    })
  end
end

local function check_piped(call, report)
  local source = call:receiver()
  if is_short_lived(call) or not source or not piped_streams.is_left(call) then
    return
  end
  local is_file = call:target()[1]:find("^fs") ~= nil or call:target()[1]:find("^graceful%-fs") ~= nil
  report({
    at = call,
    message = `this stream is only piped: when the caller goes away before its end, {is_file and "its file stays open" or "its connection stays taken"}, for pipe does not end what it reads from`,
    confidence = "medium",
    notes = { library = call:target()[1] },
  })
end

local function check_streamed(call, report)
  local target = not is_short_lived(call) and streamed_answers.left_open(call)
  if target then
    report({
      at = call,
      message = `{target.text}, a streamed answer, is neither closed nor read to its end: its connection stays taken until nothing holds it any more`,
      severity = "medium",
      confidence = "medium",
      notes = { library = call:target()[1] },
    })
  end
end

local function check_known(call, report, _, repo)
  ownership.look_into(repo)
  check_resource(call, report, false)
end

local function check_block(node, report)
  local func = node:func()
  local found = func and yielded_block.left_open(func)
  -- What is told where it is opened, is told once.
  if found then
    report({
      at = found.closing,
      message = `{found.name} is closed behind the yield only: what fails in the block of {func.name} is thrown in there, and it stays open`,
      confidence = "medium",
      related = { { at = found.opened, message = "opened here" }, { at = found.yield, message = "an error comes in here, and leaves the function" } },
    })
  end
end

return dispatch.on_server({ block = check_block, resource = check_known, owner = check_owner, answer = check_answer, transaction = check_transaction, page = check_page, piped = check_piped, streamed = check_streamed })
