FROM stemline-test/java
COPY libs /opt/kafka/libs
COPY kafka-run /etc/kafka/docker/run
RUN printf '#!/bin/bash\nexec 3<>/dev/tcp/localhost/9092\n' >/opt/kafka/broker-answers \
    && mkdir /opt/kafka/bin && install -m 755 /opt/kafka/broker-answers /opt/kafka/bin/kafka-broker-api-versions.sh \
    && install -d /var/lib/kafka/data
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
