-- `scan` is a word of many libraries: a receiver that is known to be DynamoDB's, or arguments that only DynamoDB takes, prove it.

local about = require("about")
local called = require("called")
local deploy_time = require("deploy_time")
local small_scans = require("small_scans")

local ARGUMENTS = {
  "FilterExpression", "TableName", "ProjectionExpression", "ExclusiveStartKey", "ExpressionAttributeValues", "ExpressionAttributeNames", "TotalSegments", "ScanFilter", "IndexName",
}

local function given(call, name)
  local value, state = call:arg(name)
  return state == "given" and value or nil
end

local function takes_dynamo_arguments(call)
  for _, name in ARGUMENTS do
    if given(call, name) then
      return true
    end
  end
  -- Go hands a struct: `&dynamodb.ScanInput{...}`.
  for _, argument in call:args() do
    for _, path in argument:origin() do
      if path:find("ScanInput", 1, true) then
        return true
      end
    end
  end
  return false
end

-- Whether the scan stops after its first page by itself: `Limit` without a loop that goes on.
local function is_peek(call)
  local limit = given(call, "Limit") or given(call, "limit")
  local value, known = nil, false
  if limit then
    value, known = limit:literal()
  end
  return known and type(value) == "number" and value <= 100 and #call:loops() == 0
end

-- A stack that is set up, changed or taken down waits for its scan once, and mostly wants every item.
local function confidence_of(call, confidence, repo)
  return called.confidence(call, (deploy_time.runs(call, repo) or small_scans.is_one(call)) and "low" or confidence, repo)
end

local function check_call(call, report, repo)
  local is_known = call:fact("scan") ~= nil
  if not is_known then
    local receiver = call:receiver()
    if not receiver or receiver:sort() == "literal" or call:fact("kind") then
      return
    end
    if not takes_dynamo_arguments(call) then
      return
    end
  end
  local reach = call:reach()
  if reach == "test" or reach == "script" or is_peek(call) then
    return
  end
  local filter = given(call, "FilterExpression") or given(call, "ScanFilter") or given(call, "filter_condition")
  -- Options that cannot be seen may name an index.
  local index, state = given(call, "IndexName"), select(2, call:arg("IndexName"))
  local message = "this scan reads and pays for every item of the table"
  local related = {}
  if filter then
    message = "this scan reads and pays for every item of the table; its filter only drops items afterwards"
    table.insert(related, { at = filter, message = "the filter, applied after reading" })
  end
  if index then
    message = "this scan reads and pays for every item of the index"
    table.insert(related, { at = index, message = "the index" })
  end
  report({
    at = call,
    message = message,
    confidence = confidence_of(call, index and "low" or is_known and state ~= "hidden" and "high" or "medium", repo),
    related = related,
    notes = { library = call:target()[1] },
  })
end

-- Whether a scan goes on with the pages of another one of its function: `table.scan(ExclusiveStartKey=response["LastEvaluatedKey"])` behind `table.scan()`.
local function goes_on(call, matches)
  local on, func = call:receiver(), call:func()
  if not on or not func or not given(call, "ExclusiveStartKey") then
    return false
  end
  for _, other in matches do
    local scan = other.matcher == "scan" and other.node
    local receiver = scan and scan.id < call.id and scan:receiver()
    if receiver and receiver.source == on.source and scan:func() and scan:func().node:same(func.node) then
      return true
    end
  end
  return false
end

local function check_paginator(call, report, repo)
  local name = call:arg(1)
  local reach = call:reach()
  if name and name.kind == "str" and name.text == "scan" and reach ~= "test" and reach ~= "script" then
    report({ at = call, message = "this paginator scans the table: it reads and pays for every item", confidence = confidence_of(call, "high", repo) })
  end
end

return {
  check = function(_, matches, report, repo)
    for _, match in matches do
      if match.matcher == "paginator" then
        check_paginator(match.node, report, repo)
      elseif not goes_on(match.node, matches) then
        check_call(match.node, report, repo)
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.dynamodb(repo), about.NO_DYNAMODB)
  end,
}
