# separator-service on an NVIDIA GPU. From the project's folder, after './stemline build --gpu':
#   docker build -f deploy/images/separator-gpu.Dockerfile -t stemline/separator-gpu .
#   docker run --gpus all ... stemline/separator-gpu
# What is needed, and what was tried: docs/gpu.md.
ARG JAVA_IMAGE=eclipse-temurin:25-jre
FROM ${JAVA_IMAGE} AS java

# CUDA 12 with cuDNN 8.9, which TensorFlow 2.16 is built for.
FROM nvidia/cuda:12.2.2-cudnn8-runtime-ubuntu22.04

COPY --from=java /opt/java/openjdk /opt/java/openjdk

RUN useradd --system --uid 10001 --no-create-home stemline \
    && install -d -o stemline /var/cache/javacpp /var/lib/stemline

COPY separator-service/target/quarkus-app /opt/stemline/separator
COPY models /opt/stemline/models

USER stemline
VOLUME ["/var/lib/stemline", "/var/cache/javacpp"]
EXPOSE 8080

# 'utility' brings nvidia-smi in, by which GPUs are named and counted.
ENV NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    STEMLINE_LOG_JSON=true \
    STEMLINE_STORE_FOLDER=/var/lib/stemline/store \
    STEMLINE_STORE_S3_SCRATCH=/var/lib/stemline/scratch \
    STEMLINE_MODELS_FOLDERS=/opt/stemline/models \
    STEMLINE_MODELS_ACTIVE=unet-2 \
    STEMLINE_DEVICE=gpu:0
ENV MALLOC_ARENA_MAX=2
ENTRYPOINT ["/opt/java/openjdk/bin/java", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.cachedir=/var/cache/javacpp", \
    "-jar", "/opt/stemline/separator/quarkus-run.jar"]
