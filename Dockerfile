# The image holds the stripped binary and the shared libraries that it needs, nothing else.
FROM debian:12-slim AS build
COPY cmake/bootstrap /source/cmake/bootstrap
RUN /source/cmake/bootstrap dependencies build
COPY . /source
RUN /source/cmake/bootstrap build
# Each library goes to where the loader looks for it. Not every one is packaged as a static library.
# A new volume takes the mode of /data: `docker run --user` may name anybody.
RUN set -eu; \
    mkdir -p /image/data /image/tmp; \
    cd /source/build-release/server; \
    strip -o /image/pail pail; \
    ldd pail | grep -o '/[^ ]*' | xargs -I '{}' cp --parents -L '{}' /image; \
    chown 65532:65532 /image/data; \
    chmod 1777 /image/tmp /image/data

FROM scratch
LABEL org.opencontainers.image.title="pail" \
      org.opencontainers.image.description="An S3-compatible server for developers' machines and CI"
COPY --from=build /image /
USER 65532:65532
VOLUME /data
EXPOSE 9000
ENV PAIL_LISTEN=0.0.0.0:9000 PAIL_DATA=/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=2s CMD ["/pail", "health"]
ENTRYPOINT ["/pail"]
CMD ["serve"]
