FROM node:22 AS build
WORKDIR /app
# finding: BUILD-003
COPY server ./server
COPY package*.json ./
RUN npm ci -w=server --ignore-scripts
RUN npm -w=server run build

FROM node:22-slim
WORKDIR /app
# finding: BUILD-003
COPY --from=build /app/server/dist ./server/dist
COPY package*.json ./
COPY server/package.json ./server/
RUN npm ci -w=server --omit=dev
CMD ["node", "server/dist/main.js"]
