-- What runs once per item: which of the loops around a call does it for each item of some data, and where such a loop counts.

local few_items = require("few_items")
local flow = require("flow")
local loop_data = require("loop_data")
local loops_around = require("loops_around")
local migration = require("migration")
local one_item = require("one_item")
local per_statement = require("per_statement")
local result_chains = require("result_chains")
local row_cursor = require("row_cursor")
local test_setup = require("test_setup")

local M = {}

-- The loop that runs `node` once per item of some data, and whether the item decides what is asked for: row, carried.
-- `nil` where no loop does. `is_item` may say of a loop over what it calls chunks that each of them is one item.
function M.item_loop(node, is_item)
  local whole = loops_around.whole(node)
  local unrelated = nil
  for _, row in loops_around.of(node) do
    local loop = row.loop
    local kind = if loop.kind == "chunk" and is_item and is_item(loop) then "per-item" else loop.kind
    local subject = row.at:same(node) and whole or row.at
    if kind == "chunk" or kind == "poll" or loop_data.is_over_slices(loop) or loop_data.is_over_parts(loop) then
      -- What is done per chunk is done per item of nothing; what a daemon repeats, it repeats over time.
      return unrelated, false
    elseif kind == "per-item" and not loop_data.is_over_channel(loop) then
      if one_item.leaves(row.at, loop) or one_item.is_for_one_value(row.at, loop) or one_item.is_for_one_key(row.at, loop) then
        return nil, false
      elseif per_statement.is_script(node, loop) or per_statement.is_of_its_table(node, loop) or loop_data.is_over_catalog(loop) then
        return nil, false
      elseif few_items.is_written_out(loop) or loop_data.is_counting(loop) or result_chains.is_over(loop) then
        continue
      end
      if loop:carries(subject) then
        return row, true
      end
      unrelated = unrelated or row
    elseif kind == "stream" and not loop_data.names_a_group(loop) and row_cursor.is_over_rows(loop) then
      if one_item.leaves(row.at, loop) then
        return nil, false
      elseif row_cursor.carries_row(loop, subject) then
        return row, true
      end
      unrelated = unrelated or row
    end
  end
  return unrelated, false
end

local ITERATING = { map = true, forEach = true, flatMap = true, filter = true, reduce = true, some = true, every = true, find = true }

-- The loop that a call is which runs a function it is handed by name once per item: `rows.map(load)`, `map(load, rows)`, or the
-- loop around a call that runs it elsewhere: `pool.submit(load, row)`.
function M.handed_loop(call)
  if ITERATING[call.name] then
    local receiver = call:receiver()
    if receiver and receiver.kind ~= "list" and not result_chains.is_over({ node = call, iter = receiver }) then
      return { loop = { node = call, iter = receiver, kind = "per-item" }, at = call }, true
    elseif not receiver and call.file.language == "python" then
      return { loop = { node = call, iter = call:arg(2), kind = "per-item" }, at = call }, true
    end
    return nil, false
  end
  if call:fact("role") then
    return nil, false
  end
  return M.item_loop(call)
end

-- What programs are made of that somebody runs by hand.
local COMMANDS = table.freeze({ "github.com/spf13/cobra", "github.com/urfave/cli**", "github.com/alecthomas/kong", "commander", "yargs", "typer", "click" })

-- Functions that run once, and those that take a lease: they go on until they have one. A release is no lease.
local ONE_OFF = { "migrat", "backfill", "seed", "fixture", "%f[%a]lease", "[^r][^e]lease", "acquirelock", "bootstrap_" }

-- Whether the names of a place say that it runs once; known of each that was asked about, since every call in it is.
local one_off = {}

local function is_one_off(symbol)
  if one_off[symbol] == nil then
    local name = symbol:lower()
    one_off[symbol] = false
    for _, word in ONE_OFF do
      one_off[symbol] = one_off[symbol] or name:find(word) ~= nil
    end
  end
  return one_off[symbol]
end

-- Libraries that make names, addresses and sentences up: what is stored of them shows a service off or tries it out.
local MADE_UP = table.freeze({ "@faker-js/faker**", "faker**", "chance", "casual", "sentencer", "falso", "@ngneat/falso", "github.com/brianvoe/gofakeit/**", "github.com/go-faker/faker/**", "github.com/bxcodec/faker/**", "mimesis**" })

-- What the files that were asked about are there for: every call in them is asked about, by one rule after the other.
local purposes = {}

-- Whether a tool says in a file of Go that it wrote it: nobody mends a loop there, and what it does for each item its callers are told of.
local function is_written_by_tool(file)
  return file.language == "go" and file.text:sub(1, 4096):find("%f[^\n%z]// Code generated [^\n]- DO NOT EDIT%.") ~= nil
end

local function purpose_of(file)
  local path = file.path
  local purpose = purposes[path]
  if not purpose then
    local name = path:match("[^/]*$"):lower()
    -- What fills a store with what ships with the code runs once.
    purpose = { is_setup = test_setup.is(file) or file:imports(MADE_UP), is_written_by_tool = is_written_by_tool(file), is_filling = name:find("fixtures?%f[%A]") ~= nil or name:find("%f[%a]seeds?%f[%A]") ~= nil or name:find("%f[%a]seeder") ~= nil }
    purposes[path] = purpose
  end
  return purpose
end

-- Whether code of a file that neither a request nor a job waits for runs once, or in a browser.
local function is_aside(file, purpose, reach)
  if purpose.is_aside == nil then
    purpose.is_aside = migration.is(file) or file.side == "browser"
    purpose.is_command = not purpose.is_aside and file:imports(COMMANDS)
  end
  return purpose.is_aside or reach == "unknown" and purpose.is_command
end

-- Where the code of a file runs so that a loop in it counts: not in tests, one-off scripts, browsers.
function M.counts(node)
  local reach = node:reach()
  if reach == "test" or reach == "script" then
    return false
  end
  local file = node.file
  local purpose = purpose_of(file)
  if purpose.is_setup or purpose.is_written_by_tool or reach ~= "request" and reach ~= "worker" and (purpose.is_filling or is_aside(file, purpose, reach)) then
    return false
  end
  return not is_one_off(node:symbol())
end

-- Whether what the items start is awaited together: `Promise.all(rows.map(...))`, `asyncio.gather(*[...])`, or a list of
-- promises that is.
function M.is_gathered(row)
  local loop = row.loop.node
  for _, outer in loop:argument_of() do
    if outer:fact("gathers") == "true" then
      return true
    end
  end
  local target, func = flow.target(loop), loop:func()
  if target and target.kind == "name" and func then
    for _, call in func.node:descendants({ "call" }) do
      if call:fact("gathers") == "true" then
        local argument = call:arg(1)
        if argument and argument.kind == "spread" then
          argument = argument:child("value")
        end
        if argument and argument.kind == "name" and argument.text == target.text then
          return true
        end
      end
    end
  end
  return false
end

return M
