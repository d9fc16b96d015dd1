package io.stemline.local;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that starts a database in a child with a lifeline, says both process ids, and waits. */
final class DatabaseParent {

    private DatabaseParent() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        var child = ChildJvm.start(
                List.of(Lifeline.javaOption(directory)),
                EmbeddedDatabase.class,
                directory.resolve("database").toString(),
                "0");
        try (BufferedReader output = child.inputReader()) {
            ChildJvm.awaitLine(output, "ready");
            System.out.println("child " + child.pid());
            new CountDownLatch(1).await();
        }
    }
}
