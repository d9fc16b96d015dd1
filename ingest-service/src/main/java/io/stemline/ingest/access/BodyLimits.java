package io.stemline.ingest.access;

import io.stemline.ingest.problems.Problem;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.settings.IngestConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * How much a request may bring. Bodies are read into memory as a whole, so they must say beforehand how long they are; uploads go to a
 * file, and are counted on their way.
 */
@Singleton
final class BodyLimits {
    private static final String UPLOAD = "/api/batches/upload";

    /** HTTP/2 needs no header to bring a body, and a request without one may not have ended yet. */
    private static final Set<HttpMethod> BRINGING = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final long uploadBytes;
    private final long requestBytes;

    BodyLimits(IngestConfig config) {
        this.uploadBytes = config.uploadLimit().asLongValue();
        this.requestBytes = config.requestLimit().asLongValue();
    }

    /** What is wrong with the size of a request. */
    Optional<Problem> problemOf(HttpServerRequest request, String path) {
        boolean upload = path.equals(UPLOAD);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return upload || !bringsSomething(request)
                    ? Optional.empty()
                    : Optional.of(ProblemException.lengthRequired("say how long the body is, with Content-Length")
                            .problem());
        }
        long limitBytes = upload ? uploadBytes : requestBytes;
        long lengthBytes = bytes(length);
        return lengthBytes <= limitBytes
                ? Optional.empty()
                : Optional.of(ProblemException.tooLarge(
                                "the request has %d bytes; here are %d the most that is taken (stemline.ingest.%s)"
                                        .formatted(lengthBytes, limitBytes, upload ? "upload-limit" : "request-limit"))
                        .problem());
    }

    private static boolean bringsSomething(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || request.version() == HttpVersion.HTTP_2 && BRINGING.contains(request.method()) && !request.isEnded();
    }

    private static long bytes(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
