FROM node:22
WORKDIR /app
# finding: BUILD-003 confidence: medium
COPY . .
RUN sh install.sh
CMD ["node", "main.js"]
