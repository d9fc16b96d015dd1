FROM stemline-test/java
COPY libs /opt/s3proxy/libs
# As the official image does: every setting of S3Proxy is a variable.
RUN install -d /data && printf '%s\n' '#!/bin/bash' \
    'exec java -Dorg.slf4j.simpleLogger.logFile=System.out -cp "/opt/s3proxy/libs/*" \' \
    '    -Ds3proxy.endpoint="$S3PROXY_ENDPOINT" -Ds3proxy.authorization="$S3PROXY_AUTHORIZATION" \' \
    '    -Ds3proxy.identity="$S3PROXY_IDENTITY" -Ds3proxy.credential="$S3PROXY_CREDENTIAL" \' \
    '    -Djclouds.provider="$JCLOUDS_PROVIDER" -Djclouds.filesystem.basedir="$JCLOUDS_FILESYSTEM_BASEDIR" \' \
    '    -Djclouds.identity=remote-identity -Djclouds.credential=remote-credential \' \
    '    org.gaul.s3proxy.Main --properties /dev/null' >/opt/s3proxy/run && chmod +x /opt/s3proxy/run
ENV S3PROXY_ENDPOINT=http://0.0.0.0:80 S3PROXY_AUTHORIZATION=aws-v2-or-v4 S3PROXY_IDENTITY=local-identity \
    S3PROXY_CREDENTIAL=local-credential JCLOUDS_PROVIDER=filesystem-nio2 JCLOUDS_FILESYSTEM_BASEDIR=/data
EXPOSE 80
CMD ["/opt/s3proxy/run"]
