FROM node:22-slim
WORKDIR /app
COPY package.json ./
# ok: nothing is deployed from it
RUN npm install
COPY . .
RUN npm run build
CMD ["node", "dist/main.js"]
