package io.stemline.pipeline.queue;

import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program with a queue of one worker whose work never ends; it says when it has got a record. */
final class BlockedWorker {

    private BlockedWorker() {}

    public static void main(String[] arguments) throws InterruptedException {
        var broker = Broker.at(arguments[0]);
        var settings = WorkQueue.Settings.of(arguments[1], arguments[2]).withLock(Duration.ofSeconds(30));
        WorkQueue queue = WorkQueue.start(
                settings,
                broker,
                job -> {
                    System.out.println("working " + job.delivery());
                    new CountDownLatch(1).await();
                },
                new DeadLetterTopics(broker),
                QueueMetrics.NONE);
        System.out.println(queue.alive().sentence());
        new CountDownLatch(1).await();
    }
}
