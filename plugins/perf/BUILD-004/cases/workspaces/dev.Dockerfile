# finding: BUILD-004 confidence: low
FROM node
RUN node --version
