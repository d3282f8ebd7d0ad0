-- Whether anything stops a service from asking a dependency that does not answer.

local served = require("served")

-- Libraries that open a circuit.
local BREAKERS = {
  "pybreaker**", "aiobreaker**", "circuitbreaker**", "purgatory**", "hyx.circuitbreaker**",
  "opossum", "cockatiel", "brakes", "mollitia", "levee", "hystrixjs",
  "github.com/sony/gobreaker**", "github.com/afex/hystrix-go**", "github.com/failsafe-go/failsafe-go**", "github.com/eapache/go-resiliency/breaker", "github.com/mercari/go-circuitbreaker", "github.com/rubyist/circuitbreaker", "github.com/cep21/circuit**",
}

-- Whether a server's code asks others; what a browser asks is no matter of breakers.
local function asks_others(repo)
  for _, path in repo:matched("outbound") do
    local file = repo:open(path)
    if file and file.class == "source" and file.side ~= "browser" then
      return true
    end
  end
  return false
end

return {
  check_repository = function(repo)
    if not served.is_service(repo) then
      return { not_applicable = served.NO_SERVICE }
    end
    if repo:imports(BREAKERS) or #repo:matched("breaker in front") > 0 then
      return nil
    end
    if not asks_others(repo) then
      return { not_applicable = "no code of this repository calls other services with a client that is known" }
    end
    return { needs_evidence = "no circuit breaker that is known around the calls to other services: link the breaker of each dependency, or the test that shows what happens when it hangs" }
  end,
}
