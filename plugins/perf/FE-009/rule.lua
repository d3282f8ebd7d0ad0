-- A request that what is typed into a field sends: from the field's handler, or from an effect or a query that hangs on the state which the handler sets. Whatever
-- waits on the way (a debounce, a timer, a deferred value) makes it none.

local client_requests = require("client_requests")
local typed_elsewhere = require("typed_elsewhere")
local typed_fields = require("typed_fields")
local typed_state = require("typed_state")

-- Whether a handler that many fields share decides by the field's name what it does: which fields send is not seen.
local function asks_which_field(fn)
  for _, branch in fn:descendants({ "if", "switch", "conditional" }) do
    local test = branch:child("test") or branch:child("value")
    local source = test and test.source or ""
    if source:find("%f[%w_]name%f[^%w_]") or source:find("target%.id%f[^%w_]") then
      return true
    end
  end
  return false
end

local function check_elements(file, report, seen)
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in typed_fields.is_field(jsx) and jsx:children("arg") or {} do
      local value = typed_fields.EVENTS[arg.text] and arg:child("value")
      if value and not typed_fields.waits(value.source) and not typed_fields.waits_within(file, jsx) then
        local fn = typed_fields.function_of(value)
        local made = value.kind == "name" and (value:value() or value:definition())
        if fn and not typed_fields.waits(fn.source) and not typed_fields.ends(fn.source) and not (made and typed_fields.waits(made.source)) then
          local sent = client_requests.first_sent(fn, typed_fields.is_slowed)
          if sent and not typed_fields.is_at_end(sent, fn) and not asks_which_field(fn) then
            report({
              at = arg,
              message = `every key typed into this {jsx.text} sends a request`,
              confidence = "medium",
              reach = "unknown",
              related = { { at = sent, message = "the request" } },
            })
            sent = nil
            break
          end
        end
        local component = typed_state.component_around(jsx)
        if component and (arg.text ~= "onKeyUp" and arg.text ~= "onKeyDown") and not (fn and (typed_fields.waits(fn.source) or typed_fields.ends(fn.source))) then
          local names = typed_state.states_of(file, value, fn)
          local hook, sent, name = nil, nil, nil
          if next(names) then
            hook, sent, name = typed_state.hanging(component, names)
          end
          if hook and not seen[hook.id] then
            seen[hook.id] = true
            local related = { { at = arg, message = `every key sets {name.text}` } }
            if not sent:same(hook) then
              table.insert(related, { at = sent, message = "the request" })
            end
            report({
              at = hook,
              message = `{hook.name} hangs on {name.text}, which every key typed into {jsx.text} changes, and sends a request each time`,
              confidence = "medium",
              reach = "unknown",
              related = related,
            })
          end
        end
      end
    end
  end
end

-- Whether a text field of a file gives what is typed to the property of that name: `onChange={(event) => props.setText(event.target.value)}`.
local function hands_on(file, property)
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in typed_fields.is_field(jsx) and jsx:children("arg") or {} do
      local value = typed_fields.EVENTS[arg.text] and arg:child("value")
      local fn = value and typed_fields.function_of(value)
      if fn and not typed_fields.ends(fn.source) and fn.source:find("value", 1, true) and fn.source:find(`%f[%w_]{property}%(`) then
        return arg
      end
    end
  end
  return nil
end

-- State that a field in another component of this repository sets.
local function check_handed(file, report, seen)
  if not file.text:find("useState", 1, true) or not (file.text:find("useEffect", 1, true) or file.text:find("use%u%w*Query") or file.text:find("useSWR", 1, true)) then
    return
  end
  local pairs_of = {}
  for _, assign in file.root:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    local parts = target and made and made.kind == "call" and made.name == "useState" and target:descendants("name") or {}
    if #parts == 2 then
      pairs_of[parts[2].text] = { state = parts[1].text, made = made }
    end
  end
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in jsx.text:find("^%u") and jsx:children("arg") or {} do
      local value = arg.kind == "kw-arg" and arg:child("value")
      local pair = value and value.kind == "name" and pairs_of[value.text]
      if pair then
        local names = { [pair.state] = pair.made }
        local component = typed_state.component_around(jsx)
        local hook, sent, name = nil, nil, nil
        if component then
          hook, sent, name = typed_state.hanging(component, names)
        end
        local other = hook and not seen[hook.id] and typed_fields.component_file(file, jsx)
        local field = other and other.root and not typed_fields.waits(other.text) and hands_on(other, arg.text)
        if field then
          seen[hook.id] = true
          local related = { { at = field, message = `every key sets {name.text}` } }
          if not sent:same(hook) then
            table.insert(related, { at = sent, message = "the request" })
          end
          report({
            at = hook,
            message = `{hook.name} hangs on {name.text}, which every key typed into {jsx.text} changes, and sends a request each time`,
            confidence = "medium",
            reach = "unknown",
            related = related,
          })
        end
      end
    end
  end
end

return {
  check = function(file, matches, report)
    if file.path:find("%.stories%.") then
      return
    elseif file.path:find("%.vue$") or file.path:find("%.svelte$") then
      return typed_elsewhere.check_template(file, report)
    end
    local is_elements_done = false
    for _, match in matches do
      if match.matcher == "element" and not is_elements_done then
        is_elements_done = true
        local seen = {}
        check_elements(file, report, seen)
        check_handed(file, report, seen)
      elseif match.matcher == "listener" then
        typed_elsewhere.check_listener(match.node, report)
      elseif match.matcher == "stream" then
        typed_elsewhere.check_stream(match.node, report)
      end
    end
  end,
}
