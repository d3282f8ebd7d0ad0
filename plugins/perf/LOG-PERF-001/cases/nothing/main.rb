require "logger"
logger = Logger.new($stdout, level: Logger::DEBUG)
