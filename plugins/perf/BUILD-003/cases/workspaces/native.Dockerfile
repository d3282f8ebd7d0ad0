FROM node:22
WORKDIR /app
# ok: its own script runs when it is installed; mutate: s/RUN npm ci/RUN npm ci --ignore-scripts/
COPY native ./native
COPY package*.json ./
RUN npm ci
CMD ["node", "native/src/a.js"]
