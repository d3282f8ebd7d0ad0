FROM node:22 AS build
WORKDIR /app
COPY package*.json ./
COPY server/package.json ./server/
RUN npm ci -w=server
COPY server ./server
RUN npm -w=server run build

FROM golang:1.24 AS tools
WORKDIR /go
RUN go install example.com/wait@v1.0.0

FROM node:22-slim
WORKDIR /app
# ok: no sources are in that stage
COPY --from=tools /go/bin/wait /usr/local/bin/wait
# ok: a manifest
COPY --from=build /app/package.json /app/package-lock.json ./
COPY server/package.json ./server/
RUN npm ci -w=server --omit=dev
# ok: behind the install
COPY --from=build /app/server/dist ./server/dist
CMD ["node", "server/dist/main.js"]
