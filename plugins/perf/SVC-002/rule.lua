-- Whether anything limits how often somebody may log in or write: in the service, or in front of it.

local served = require("served")
local server_code = require("server_code")

-- Libraries that limit rates.
local LIMITERS = table.freeze({
  "slowapi**", "flask_limiter**", "fastapi_limiter**", "quart_rate_limiter**", "sanic_limiter**", "django_ratelimit**", "ratelimit.decorators", "rest_framework.throttling**", "axes**", "defender**", "aiohttp_ratelimiter**",
  "express-rate-limit", "express-slow-down", "express-brute", "@fastify/rate-limit", "fastify-rate-limit", "rate-limiter-flexible", "@nestjs/throttler", "koa-ratelimit", "koa2-ratelimit", "@upstash/ratelimit", "hono-rate-limiter", "@arcjet/**",
  "github.com/ulule/limiter**", "github.com/didip/tollbooth**", "github.com/go-chi/httprate**", "github.com/sethvargo/go-limiter**", "github.com/throttled/throttled**", "github.com/go-redis/redis_rate**", "github.com/gofiber/fiber/v2/middleware/limiter", "github.com/gofiber/fiber/v3/middleware/limiter",
})

-- Buckets for whatever: who is refused is limited; who waits for it limits itself towards others.
local BUCKETS = table.freeze({ "golang.org/x/time/rate", "github.com/juju/ratelimit", "limiter" })
local REFUSING = { "%.AllowN?%(", "%.ReserveN?%(", "%.TakeAvailable%(", "fireImmediately", "tryRemoveTokens" }

local function refuses_by_bucket(repo)
  for _, path in repo:importers(BUCKETS) do
    local text = repo:text(path) or ""
    for _, form in REFUSING do
      if text:find(form) then
        return true
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    if not served.answers(repo) then
      return { not_applicable = served.NO_SERVER }
    end
    if repo:imports(LIMITERS) or refuses_by_bucket(repo) or server_code.is_met(repo, "refused") then
      return nil
    end
    for _, matcher in { "limiter of a framework", "limiter in front" } do
      if #repo:matched(matcher) > 0 then
        return nil
      end
    end
    return { needs_evidence = "no rate limiter that is known in the service or in front of it, and no answer 429: link the limits of login and write endpoints, or give them some" }
  end,
}
