package io.stemline.local;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a {@link Lifeline} puts into a child. The child's class path holds nothing else of this project, so this class uses
 * nothing outside the JDK and has no nested classes.
 */
public final class LifelineAgent {

    private static final long SHUTDOWN_LIMIT_MILLIS = 15_000;
    private static final int CUT_OFF_STATUS = 75;

    private LifelineAgent() {}

    /** Called by the JVM before the child's own {@code main}. */
    public static void premain(String arguments) {
        Thread.ofPlatform().daemon().name("lifeline").start(LifelineAgent::leaveWithParent);
    }

    private static void leaveWithParent() {
        waitForEnd(System.in);
        Thread.ofPlatform().daemon().name("lifeline-cut-off").start(LifelineAgent::cutOffHangingShutdown);
        System.exit(0);
    }

    private static void waitForEnd(InputStream input) {
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {
                continue;
            }
        } catch (IOException e) {
            // A pipe that cannot be read any more has nobody at its other end.
            return;
        }
    }

    private static void cutOffHangingShutdown() {
        try {
            Thread.sleep(SHUTDOWN_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(CUT_OFF_STATUS);
    }
}
