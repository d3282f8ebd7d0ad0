-- Which waits of one block could be under way at once: reads that need nothing of each other, and changes of the same sort to different things.

local order = require("order")
local remote = require("remote")

local M = {}

-- Names of what can be done to several things in any order.
local ANY_ORDER = { remove = true, delete = true, unlink = true, move = true, copy = true, upload = true, invalidate = true, purge = true, revalidate = true, cleanup = true, prune = true, set = true, put = true }

-- Stores in which no row can stand in the way of another's deletion.
local LOOSE = { firestore = true, dynamo = true }

local function is_loose(work)
  for _, leaf in work.leaves do
    if leaf.sort ~= "local" and leaf.kind ~= "storage" and leaf.kind ~= "http" and leaf.kind ~= "rpc" and not LOOSE[leaf.store or ""] then
      return false
    end
  end
  return true
end

-- Texts that stand in a call, what differs between the calls of one function for several things.
local function literals_of(node)
  local all = {}
  for _, text in node:descendants({ "str", "template" }) do
    table.insert(all, text.source)
  end
  return table.concat(all, " ")
end

local function args_of(call)
  local all = {}
  for _, arg in call:args() do
    table.insert(all, arg.source)
  end
  return table.concat(all, ",")
end

-- Whether two changes are the same one, done to different things: `removeFile("a.pdf")` and `removeFile("a.png")`,
-- `cleanupEvents(before)` and `cleanupMails(before)`.
local function is_same_for_another(first, second)
  local a, b = first.call, second.call
  if not a or not b or order.is_kept(first) or order.is_kept(second) or not is_loose(first.work) or not is_loose(second.work) then
    return false
  end
  local words, more = remote.words(a.name), remote.words(b.name)
  if not ANY_ORDER[words[1] or ""] or words[1] ~= more[1] then
    return false
  end
  if a.name == b.name then
    local one, other = literals_of(a), literals_of(b)
    return one ~= "" and other ~= "" and one ~= other
  end
  return #words > 1 and #more > 1 and #first.work.functions > 0 and #second.work.functions > 0 and args_of(a) == args_of(b)
end

local function is_mail(wait)
  for kind in wait.work.kinds do
    if kind ~= "mail" then
      return false
    end
  end
  return wait.work.kinds.mail ~= nil and not order.is_kept(wait) and not wait.work.sleeps
end

-- Two letters that tell different people of what is done already; one that is sent twice may have to come in order.
local function are_letters(first, second)
  local a, b = first.call, second.call
  return a ~= nil and b ~= nil and is_mail(first) and is_mail(second) and (a.name ~= b.name or args_of(a) ~= args_of(b)) and first.await:reach() == "request"
end

local TOLD_BY = { mail = true, http = true, queue = true, rpc = true }

-- Word to others that nothing hangs on: what goes wrong with it is caught on the spot, and nothing is written but there.
local function is_word_to_others(wait)
  local value = wait.await:child("value")
  if order.is_kept(wait) or not (wait.unit or value and value.kind == "call" and value.name == "catch") or wait.work.sleeps or wait.work.turns then
    return false
  end
  local tells = false
  for _, leaf in wait.work.leaves do
    if leaf.sort == "write" then
      if not TOLD_BY[leaf.kind] then
        return false
      end
      tells = true
    end
  end
  return tells
end

local function is_write_group(first, second)
  return not first.is_read and (is_word_to_others(first) and is_word_to_others(second) or are_letters(first, second) or is_same_for_another(first, second))
end

-- Whether a wait could begin together with those in the group.
function M.can_join(group, wait)
  local first = group[1]
  if first.is_read and order.may_begin(first) then
    return wait.is_read and order.is_kept(wait) and order.is_apart(group, wait)
  end
  return is_write_group(first, wait) and (#group == 1 or is_same_for_another(first, wait) or are_letters(first, wait) or is_word_to_others(wait) and is_word_to_others(group[#group])) and order.is_apart(group, wait)
end

return M
