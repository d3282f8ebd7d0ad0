-- Whether anything tries a failed call to another service again.

local http_client = require("http_client")
local served = require("served")
local server_code = require("server_code")
local set = require("words").set
local time_limit = require("time_limit")

-- Libraries that try again.
local RETRIERS = table.freeze({
  "tenacity**", "backoff**", "stamina**", "retrying**", "retry", "retry.**", "retry2**", "urllib3.util.retry**", "urllib3.util.Retry", "urllib3.Retry", "requests.adapters.Retry", "requests.packages.urllib3.util.retry**", "httpx_retries**", "httpx_retry**", "aiohttp_retry**",
  "aiohttp_client_cache**", "hyx.retry**", "pyfailsafe**", "google.api_core.retry**",
  "axios-retry", "retry-axios", "p-retry", "async-retry", "retry", "promise-retry", "fetch-retry", "got", "ky", "cockatiel", "node-fetch-retry", "@vercel/fetch-retry", "exponential-backoff", "ts-retry-promise", "async-retry-ng", "undici-retry", "rxjs.retry",
  "github.com/hashicorp/go-retryablehttp", "github.com/cenkalti/backoff**", "github.com/avast/retry-go**", "github.com/failsafe-go/failsafe-go**", "github.com/sethvargo/go-retry", "github.com/eapache/go-resiliency/retrier", "github.com/Rican7/retry**", "github.com/sethgrid/pester",
})

local READS = set("get", "Get", "head", "Head", "fetch", "urlopen", "request", "Do", "default")

-- Whether a request reads: what is called so, or says no other method.
local function is_read(call)
  if not READS[call.name] then
    return false
  end
  if call.name == "get" or call.name == "Get" or call.name == "head" or call.name == "Head" then
    return true
  elseif call.name == "fetch" or call.name == "urlopen" then
    return select(2, call:arg("method")) == "absent" and select(2, call:arg("data")) == "absent" and select(2, call:arg("body")) == "absent"
  elseif call.name == "request" then
    local method = call:arg("method") or call:arg(1)
    local word = method and method:literal()
    return type(word) == "string" and word:upper() == "GET"
  end
  return false
end

local DEEPEST = 3

-- Whether the code around speaks of trying again, a loop does, or all the callers' do.
local function is_retried(call, depth)
  for _, loop in call:loops() do
    if loop.kind == "retry" or loop.kind == "poll" then
      return true
    end
  end
  local func = call:func()
  if not func then
    return true
  end
  local class = func.node:enclosing("class")
  for _, around in { func.node, class or func.node } do
    local text = around.source:lower()
    if text:find("retr[yi]") or text:find("attempt", 1, true) or text:find("backoff", 1, true) then
      return true
    end
  end
  if depth >= DEEPEST then
    return false
  end
  for _, caller in func:callers() do
    if is_retried(caller, depth + 1) then
      return true
    end
  end
  return false
end

local WAITED = { request = true, worker = true }

local function check_read(call, file, repo, report)
  if not WAITED[call:reach()] or file.side == "browser" or call:fact("sdk") or not is_read(call) or http_client.is_relative(http_client.url_of(call)) then
    return
  end
  local state, place = time_limit.of(call)
  if state == "absent" then
    state, place = http_client.limit_of(call, file, repo)
  end
  local made_in = place and place.file or file
  if state ~= "set" or is_retried(call, 0) or file.text:lower():find("retr[yi]") or made_in.text:lower():find("retr[yi]") then
    return
  end
  report({
    at = call,
    message = "this read has a time limit, and nothing tries it again when it fails for a moment",
    confidence = "low",
    notes = { library = call:fact("library") },
  })
end

return {
  check = function(file, matches, report, repo)
    local seen = {}
    for _, match in matches do
      local func = match.node:func()
      if func and not seen[func.node.id] then
        seen[func.node.id] = true
        check_read(match.node, file, repo, report)
      end
    end
  end,

  check_repository = function(repo)
    if not served.is_service(repo) then
      return { not_applicable = served.NO_SERVICE }
    elseif repo:imports(RETRIERS) or #repo:matched("retried in front") > 0 then
      return nil
    elseif not server_code.is_met(repo, "outbound") then
      return { not_applicable = "no code of this repository calls other services with a client that is known" }
    end
    return { needs_evidence = "nothing that is known to try calls to other services again: link the retries of each dependency, how many and with which pauses, or the test that shows what one failed call does" }
  end,
}
