-- A script is called once per file that has matches. It looks at the file and reports places, or nothing.
-- Every name is in `perfctl.d.luau`; the types in this file only help the editor.

local QUIET = "--no-install-recommends"

-- Whether a command installs packages together with what they recommend.
local function installs_too_much(command: ShellCommand): boolean
  if command.name ~= "apt-get" and command.name ~= "apt" then
    return false
  end
  return command:has("install") and not command:has(QUIET)
end

local function check(file: File, matches: { Match }, report: Report, repo: Repository)
  local docker = file.docker
  if not docker then
    return
  end
  for _, stage in docker.stages do
    for _, instruction in stage.instructions do
      for _, command in instruction.commands do
        -- Stages that are only copied from leave their packages behind.
        if stage.ships and installs_too_much(command) then
          report({
            at = command,
            message = `{command.name} installs what its packages recommend into the shipped image`,
            -- "high" only if every fact that tells it from the known false alarms was decided.
            confidence = "medium",
            notes = { stage = stage.name or tostring(stage.index) },
          })
        end
      end
    end
  end
end

return { check = check }
