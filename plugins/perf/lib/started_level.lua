-- Levels of loggers in what starts a service: variables and commands of its image, options in a unit of systemd, a program of supervisord, a Procfile.

local image_purpose = require("image_purpose")
local log_level = require("log_level")
local lower = require("words").lower

local M = {}

-- Variables of an image, and options of what it starts.
function M.check_image(file, report)
  local stage = image_purpose.deployed(file)
  if not stage or image_purpose.is_for_development(stage) then
    return
  end
  for _, layer in image_purpose.layers(stage) do
    for _, instruction in layer.instructions do
      if instruction.keyword == "ENV" then
        for at, word in instruction.args do
          local name, value = word:match("^([%w_]+)=(.*)$")
          if not name and at == 1 then
            name, value = word, instruction.args[2]
          end
          if name and log_level.is_level_name(name) and (lower(value) == "debug" or lower(value) == "trace") then
            report({ at = instruction, message = `the image sets {name} to {value}, so every container logs at that level`, confidence = "high" })
          end
        end
      elseif instruction.keyword == "CMD" or instruction.keyword == "ENTRYPOINT" then
        local parts = {}
        for _, command in instruction.commands do
          for _, word in command.args do
            table.insert(parts, word)
          end
        end
        for at, word in parts do
          local name, value = word:match("^%-%-([%w-]+)=(.*)$")
          if not name and word:match("^%-%-") then
            name, value = word:sub(3), parts[at + 1]
          end
          if name and log_level.is_level_name(name) and (lower(value) == "debug" or lower(value) == "trace") then
            report({ at = instruction, message = `the image starts its server with \`--{name} {value}\``, confidence = "high" })
          end
        end
      end
    end
  end
end

-- Options of a server in what starts it: a unit of systemd, a program of supervisord, a Procfile.
function M.check_start(file, span, report)
  local line = file:line_span(span.line).source
  if line:find("^%s*[#;]") then
    return
  end
  report({
    at = span,
    message = `what starts the service sets \`{span.source:gsub("%s+", " ")}\`, so every process of it logs at that level`,
    confidence = "high",
  })
end

return M
