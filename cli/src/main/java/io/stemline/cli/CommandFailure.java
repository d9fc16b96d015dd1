package io.stemline.cli;

/** A command cannot do what it was told; the message is the sentence for the one who gave it. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** The command does not make sense as it was given. */
    static CommandFailure wrongUse(String sentence) {
        return new CommandFailure(sentence, Stemline.WRONG_USE);
    }

    /** The command makes sense, and cannot be carried out now. */
    static CommandFailure because(String sentence) {
        return new CommandFailure(sentence, Stemline.SOMETHING_FAILED);
    }

    int exitCode() {
        return exitCode;
    }
}
