package io.stemline.ingest.tracks;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with a whole or, where the request asks for one range of bytes, with that (RFC 9110, section 14). */
final class RangedAnswer {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private RangedAnswer() {}

    /** Something of which any part can be written. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream output, long offset, long length) throws IOException;
    }

    /** A part of a whole. */
    record Range(long offset, long length) {}

    /**
     * @param asked the header {@code Range}, if there is one; what is no single range of bytes is ignored
     */
    static Response.ResponseBuilder of(Optional<String> asked, long sizeBytes, Content content) {
        Optional<Matcher> range = asked.map(ONE_RANGE::matcher)
                .filter(Matcher::matches)
                .filter(match -> !match.group(1).isEmpty() || !match.group(2).isEmpty());
        if (range.isEmpty()) {
            return answer(200, new Range(0, sizeBytes), content);
        }
        Optional<Range> part = part(range.get(), sizeBytes);
        if (part.isEmpty()) {
            return Response.status(416).header("Content-Range", "bytes */" + sizeBytes);
        }
        Range found = part.get();
        return answer(206, found, content)
                .header(
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(found.offset(), found.offset() + found.length() - 1, sizeBytes));
    }

    private static Optional<Range> part(Matcher match, long sizeBytes) {
        if (match.group(1).isEmpty()) {
            long length = Math.min(sizeBytes, Long.parseLong(match.group(2)));
            return length == 0 ? Optional.empty() : Optional.of(new Range(sizeBytes - length, length));
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? sizeBytes - 1 : Math.min(sizeBytes - 1, Long.parseLong(match.group(2)));
        return first >= sizeBytes || last < first ? Optional.empty() : Optional.of(new Range(first, last - first + 1));
    }

    private static Response.ResponseBuilder answer(int status, Range range, Content content) {
        StreamingOutput output = stream -> content.write(stream, range.offset(), range.length());
        return Response.status(status)
                .entity(output)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
    }
}
