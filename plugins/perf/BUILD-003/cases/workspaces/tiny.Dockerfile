FROM node:22
WORKDIR /app
# finding: BUILD-003 confidence: low
COPY tiny ./tiny
COPY package*.json ./
RUN npm ci
CMD ["node", "tiny/index.js"]
