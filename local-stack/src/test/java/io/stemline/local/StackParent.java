package io.stemline.local;

import io.stemline.local.StackSettings.Purpose;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that holds a stack until it is ended. */
final class StackParent {

    private StackParent() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(arguments[0]);
        var settings = new StackSettings(home, home.resolve("stack"), Purpose.UP, "null");
        LocalStack.start(settings, StackListener.NONE);
        System.out.println("ready now");
        new CountDownLatch(1).await();
    }
}
