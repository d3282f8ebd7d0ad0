FROM node:22-slim
WORKDIR /srv/app
# finding: BUILD-003 confidence: medium
COPY app /srv/app
RUN npm run all
CMD ["npm", "start"]
