package io.stemline.local;

import java.nio.file.Path;

/** A data folder belongs to a stack that runs already. */
public final class StackInUseException extends LocalStackException {

    private static final long serialVersionUID = 1L;

    StackInUseException(Path dataFolder, String pid) {
        super(dataFolder + ": another Stemline is using this data folder (process " + pid
                + "); wait for it, stop it, or choose another folder with --data");
    }
}
