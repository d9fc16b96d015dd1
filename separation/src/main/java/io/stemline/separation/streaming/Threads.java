package io.stemline.separation.streaming;

/** Waits for threads that are known to end soon. */
final class Threads {

    private Threads() {}

    /** Waits until a thread has ended. An interrupt meanwhile is kept for the caller to see. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
