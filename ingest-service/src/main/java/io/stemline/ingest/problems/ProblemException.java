package io.stemline.ingest.problems;

/** A request that cannot be served; becomes a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ProblemException(String code, String title, int status, String detail) {
        super(detail);
        this.problem = new Problem("urn:stemline:problem:" + code, title, status, detail);
    }

    /** The request names something that is not there. */
    public static ProblemException notFound(String what, String id) {
        return new ProblemException("not-found", "Not found", 404, "there is no %s '%s'".formatted(what, id));
    }

    /** The request names something that was there, and is no more. */
    public static ProblemException lost(String detail) {
        return new ProblemException("lost", "Not found", 404, detail);
    }

    /** The request is understood, and cannot be done. */
    public static ProblemException unusable(String code, String detail) {
        return new ProblemException(code, "Cannot be used", 422, detail);
    }

    /** The request is not what the address expects. */
    public static ProblemException malformed(String detail) {
        return new ProblemException("malformed", "Malformed request", 400, detail);
    }

    /** The request is understood, and this caller may not make it. */
    public static ProblemException forbidden(String detail) {
        return new ProblemException("forbidden", "Forbidden", 403, detail);
    }

    /** The request does not say who makes it. */
    public static ProblemException unauthorized(String detail) {
        return new ProblemException("unauthorized", "Unauthorized", 401, detail);
    }

    /** The request does not say how much it brings. */
    public static ProblemException lengthRequired(String detail) {
        return new ProblemException("length-required", "Length required", 411, detail);
    }

    /** The request brings more than is taken. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException("too-large", "Too large", 413, detail);
    }

    /** Something that is needed is away, and will be back. */
    public static ProblemException away(String detail) {
        return new ProblemException("away", "Away", 503, detail);
    }

    public Problem problem() {
        return problem;
    }
}
