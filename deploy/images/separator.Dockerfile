# separator-service on the processor. From the project's folder, after './stemline build':
#   docker build -f deploy/images/separator.Dockerfile -t stemline/separator .
ARG JAVA_IMAGE=eclipse-temurin:25-jre
FROM ${JAVA_IMAGE}

RUN useradd --system --uid 10001 --no-create-home stemline \
    && install -d -o stemline /var/cache/javacpp /var/lib/stemline

COPY separator-service/target/quarkus-app /opt/stemline/separator
COPY models /opt/stemline/models

USER stemline
VOLUME ["/var/lib/stemline", "/var/cache/javacpp"]
EXPOSE 8080

# Native libraries are unpacked into the cache at the first start: a volume there makes later ones faster.
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    STEMLINE_LOG_JSON=true \
    STEMLINE_STORE_FOLDER=/var/lib/stemline/store \
    STEMLINE_STORE_S3_SCRATCH=/var/lib/stemline/scratch \
    STEMLINE_MODELS_FOLDERS=/opt/stemline/models \
    STEMLINE_MODELS_ACTIVE=unet-2 \
    STEMLINE_DEVICE=cpu
ENV MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.cachedir=/var/cache/javacpp", \
    "-jar", "/opt/stemline/separator/quarkus-run.jar"]
