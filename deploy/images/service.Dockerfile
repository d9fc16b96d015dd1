# A service that runs no network on its own: ingest-service, evaluator-service or trainer-service. From the project's folder, after './stemline build':
#   docker build -f deploy/images/service.Dockerfile --build-arg SERVICE=ingest-service -t stemline/ingest .
ARG JAVA_IMAGE=eclipse-temurin:25-jre
FROM ${JAVA_IMAGE}

RUN useradd --system --uid 10001 --no-create-home stemline \
    && install -d -o stemline /var/cache/javacpp /var/lib/stemline

ARG SERVICE
COPY ${SERVICE}/target/quarkus-app /opt/stemline/service

USER stemline

# Everything that is written lies below these and /tmp, so the root file system can be read-only.
VOLUME ["/var/lib/stemline", "/var/cache/javacpp"]
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    STEMLINE_LOG_JSON=true \
    STEMLINE_STORE_FOLDER=/var/lib/stemline/store \
    STEMLINE_STORE_S3_SCRATCH=/var/lib/stemline/scratch \
    HEAP=512m \
    MALLOC_ARENA_MAX=2
EXPOSE 8080
ENTRYPOINT ["/bin/sh", "-c", "exec java -Xmx$HEAP -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.cachedir=/var/cache/javacpp -jar /opt/stemline/service/quarkus-run.jar"]
