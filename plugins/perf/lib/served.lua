-- Whether a repository holds a service: something that answers requests or works off messages, by the frameworks that it imports and by the files with which it
-- is deployed. What is only a library, a command or a set of documents has nobody to wake up at night.

local served = {}

-- What answers requests.
served.SERVERS = {
  "fastapi**", "starlette**", "flask**", "quart**", "sanic**", "aiohttp.web**", "falcon**", "litestar**", "tornado.web**", "django**", "bottle", "ninja**", "rest_framework**", "pyramid**", "chalice**", "grpc**",
  "express", "fastify", "koa", "koa-router", "@koa/router", "hono**", "@nestjs/core", "@nestjs/common", "restify", "@hapi/hapi", "next/server", "next.NextApiRequest", "@trpc/server**", "apollo-server**", "@apollo/server**",
  "firebase-functions**", "@google-cloud/functions-framework", "functions_framework", "azure.functions",
  "github.com/gin-gonic/gin", "github.com/labstack/echo**", "github.com/gofiber/fiber**", "github.com/go-chi/chi**", "github.com/gorilla/mux", "google.golang.org/grpc", "github.com/julienschmidt/httprouter",
}

-- What works off messages.
local WORKERS = table.freeze({ "celery**", "rq", "dramatiq**", "arq**", "bullmq", "bull", "kafkajs", "github.com/hibiken/asynq" })

-- How functions are deployed that need no framework.
local DEPLOYED = {
  "**/serverless.{yml,yaml,ts}", "serverless.{yml,yaml,ts}", "**/pages/api/**", "**/app/**/route.{ts,js}", "**/samconfig.toml", "samconfig.toml", "**/fly.toml", "fly.toml", "**/Procfile", "Procfile",
}

-- Servers of the standard library, which clients import as well: the call tells.
local LISTENERS = table.freeze({ "net/http.ListenAndServe", "net/http.ListenAndServeTLS", "net/http.Server.ListenAndServe", "net/http.Server.Serve", "http.createServer", "https.createServer", "node:http.createServer" })

-- Whether something in the repository answers requests.
function served.answers(repo)
  if repo:imports(served.SERVERS) then
    return true
  end
  for _, glob in DEPLOYED do
    if #repo:paths(glob) > 0 then
      return true
    end
  end
  return #repo:calls(LISTENERS) > 0
end

-- Whether something in the repository runs for others.
function served.is_service(repo)
  return served.answers(repo) or (repo:imports(WORKERS))
end

served.NO_SERVICE = "nothing in this repository answers requests or works off messages with a framework that is known"
served.NO_SERVER = "nothing in this repository answers requests with a framework that is known"

return served
