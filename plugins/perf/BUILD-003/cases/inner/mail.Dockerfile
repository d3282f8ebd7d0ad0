FROM node:22-slim AS build
WORKDIR /mail
# finding: BUILD-003
COPY mail ./
RUN yarn install --frozen-lockfile && yarn build

FROM nginx:1.27
COPY --from=build /mail /usr/share/nginx/html
