FROM node:22-slim
WORKDIR /app
COPY package*.json ./
# finding: BUILD-003 confidence: medium
COPY packages ./packages
RUN npm ci
CMD ["node", "server/dist/main.js"]
