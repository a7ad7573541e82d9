# Two images of one tree. "whole": everything, so that `npm test` runs in it too. "app", the last and the default: what serves, and nothing else.
FROM node:24-bookworm-slim AS whole
WORKDIR /app
RUN mkdir /data /files && chown node:node /app /data /files
USER node
COPY --chown=node:node . .
RUN npm run build
ENV HOST=0.0.0.0 DATA_DIR=/data
EXPOSE 1337
VOLUME /data
CMD ["node", "scripts/start.mjs"]

# The image has the Node that runs us: the one that npm brings for other machines is left out.
FROM whole AS lean
RUN npm prune --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-bookworm-slim AS app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data /files && chown node:node /data /files
COPY --from=lean /app/package.json ./
COPY --from=lean /app/node_modules ./node_modules
COPY --from=lean /app/packages ./packages
COPY --from=lean /app/scripts ./scripts
COPY --from=lean /app/apps/server ./apps/server
COPY --from=lean /app/apps/web/package.json ./apps/web/package.json
COPY --from=lean /app/apps/web/dist ./apps/web/dist
USER node
EXPOSE 1337
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 1337) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "--no-allocation-site-pretenuring", "apps/server/src/main.ts"]
