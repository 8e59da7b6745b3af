# Two stages: what builds it stays behind.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No dependency needs an install script; what is native comes built inside its package.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY model model
COPY gateway gateway
COPY ingest ingest
COPY store store
COPY dashboards dashboards
COPY simulators simulators
COPY kpi kpi
COPY cli cli
COPY bench bench
COPY web web
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim AS run
ENV NODE_ENV=production
# One heap of malloc for each of some 17 threads is room that nobody uses.
ENV MALLOC_ARENA_MAX=2
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=700 /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY sites sites
COPY dashboards/generated dashboards/generated
USER node
VOLUME /data
EXPOSE 1883 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=64", "--no-parallel-scavenge", "--max-old-space-size=768", "/app/dist/cli/aperto.js"]
CMD ["up", "--host", "0.0.0.0", "--data", "/data"]
