-- Whether anything stops a service from asking a dependency that does not answer.

local presence = require("presence")
local served = require("served")
local server_code = require("server_code")

-- Libraries that open a circuit.
local BREAKERS = table.freeze({
  "pybreaker**", "aiobreaker**", "circuitbreaker**", "purgatory**", "hyx.circuitbreaker**",
  "opossum", "cockatiel", "brakes", "mollitia", "levee", "hystrixjs",
  "github.com/sony/gobreaker**", "github.com/afex/hystrix-go**", "github.com/failsafe-go/failsafe-go**", "github.com/eapache/go-resiliency/breaker", "github.com/mercari/go-circuitbreaker", "github.com/rubyist/circuitbreaker", "github.com/cep21/circuit**",
})

local SETTINGS = { "outlier_?detection", "circuit[_-]?breakers?", "circuitbreaker%.expression", "linkerd%.io/failure%-accrual" }

-- Whether settings of a mesh or a proxy open circuits; one that is switched off opens none.
local function has_breaker_in_front(repo)
  for _, path in repo:matched("breaker in front") do
    local lines = string.split((repo:text(path) or ""):lower(), "\n")
    for at, line in lines do
      for _, form in not presence.is_comment(line, path) and SETTINGS or {} do
        local around = line:find(form) and table.concat(lines, "\n", at, math.min(at + 2, #lines))
        if around and not around:find("enabled[\"']?%s*[:=]%s*[\"']?false") then
          return true
        end
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    if not served.is_service(repo) then
      return { not_applicable = served.NO_SERVICE }
    end
    if repo:imports(BREAKERS) or has_breaker_in_front(repo) then
      return nil
    end
    if not server_code.is_met(repo, "outbound") then
      return { not_applicable = "no code of this repository calls other services with a client that is known" }
    end
    return { needs_evidence = "no circuit breaker that is known around the calls to other services: link the breaker of each dependency, or the test that shows what happens when it hangs" }
  end,
}
