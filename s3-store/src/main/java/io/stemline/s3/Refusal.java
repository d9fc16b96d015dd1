package io.stemline.s3;

import java.net.HttpURLConnection;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Why the server, or the way to it, did not do what was asked. */
final class Refusal {
    private static final String NO_SUCH_KEY = "NoSuchKey";

    private Refusal() {}

    /** Whether it is the object that is not there, rather than its bucket or an upload. */
    static boolean isMissingObject(SdkException e) {
        if (e instanceof NoSuchKeyException) {
            return true;
        }
        return e instanceof S3Exception refused
                && refused.statusCode() == HttpURLConnection.HTTP_NOT_FOUND
                && (code(refused).isEmpty() || code(refused).equals(NO_SUCH_KEY));
    }

    static String of(SdkException e) {
        if (!(e instanceof S3Exception refused)) {
            return e.getMessage();
        }
        String code = code(refused);
        return code.isEmpty()
                ? "status " + refused.statusCode()
                : "%s, status %d".formatted(code, refused.statusCode());
    }

    /** As {@link #of}, in answer to a look at the bucket itself, which comes without a body that says why. */
    static String ofBucket(SdkException e) {
        if (!(e instanceof S3Exception refused)) {
            return e.getMessage();
        }
        return switch (refused.statusCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND -> "there is no such bucket";
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the keys in use are wrong, or may not list it";
            case HttpURLConnection.HTTP_MOVED_PERM -> "it is in another region";
            default -> of(e);
        };
    }

    /** Empty where the server said nothing. */
    private static String code(S3Exception refused) {
        if (refused.awsErrorDetails() == null || refused.awsErrorDetails().errorCode() == null) {
            return "";
        }
        return refused.awsErrorDetails().errorCode();
    }
}
