FROM node:22
WORKDIR /app
# ok: only what a package of another brings along is installed; mutate: s/node_modules\/editor/editor/
COPY . .
RUN cd node_modules/editor && npm install
CMD ["node", "main.js"]
