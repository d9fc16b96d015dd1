package io.stemline.pipeline;

import io.stemline.events.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * How topics are created where they are missing. A topic that exists is left as it is.
 *
 * <p>Work and dead letters are kept until somebody deletes them: a record that waits longer than the broker's usual week is
 * still work. The promoted models are compacted. Progress is kept for a day. The broker's clock dates all records: one whose sender's
 * clock is an hour ahead would be refused, and one whose sender's is a day behind would be deleted at once.
 *
 * @param partitions of a topic that is created; 1 is enough for any number of workers on one broker
 * @param replicationFactor copies of a topic that is created, -1 for the broker's default
 */
public record TopicPlan(int partitions, short replicationFactor) {

    private static final List<String> WORK_TOPICS = List.of(
            Topics.AUDIO_READY,
            Topics.AUDIO_READY_LATER,
            Topics.STEMS_READY,
            Topics.REFERENCES_READY,
            Topics.EVALUATION_COMPLETED,
            Topics.RETRAINING_REQUESTED,
            Topics.MODEL_TRAINED);
    private static final String FOR_EVER = "-1";
    private static final String ONE_DAY_MILLIS = "86400000";

    /** A dead letter is its original, which may be as large as the broker's usual limit, and a stack trace. */
    private static final String DEAD_LETTER_LIMIT_BYTES = "2097152";

    public TopicPlan {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " is less than 1");
        }
    }

    /** One partition, the broker's number of copies. */
    public static TopicPlan defaults() {
        return new TopicPlan(1, (short) -1);
    }

    /** Every topic of Stemline and the dead-letter topics of those that carry work. */
    public static List<String> allTopics() {
        var topics = new ArrayList<String>();
        for (String topic : WORK_TOPICS) {
            topics.add(topic);
            topics.add(Topics.deadLettersOf(topic));
        }
        topics.add(Topics.MODEL_PROMOTED);
        topics.add(Topics.PROGRESS);
        return List.copyOf(topics);
    }

    /** Creates those of the topics that are missing; any number of services may do so at the same time. */
    public void create(Admin admin, Collection<String> topics) throws InterruptedException {
        List<NewTopic> wanted = topics.stream().map(this::describe).toList();
        Map<String, KafkaFuture<Void>> results = admin.createTopics(wanted).values();
        for (Map.Entry<String, KafkaFuture<Void>> result : results.entrySet()) {
            try {
                result.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new PipelineException(
                            "topic " + result.getKey() + " cannot be created: "
                                    + e.getCause().getMessage(),
                            e.getCause());
                }
            }
        }
    }

    private NewTopic describe(String topic) {
        Optional<Short> copies = replicationFactor == -1 ? Optional.empty() : Optional.of(replicationFactor);
        var settings = new HashMap<String, String>();
        switch (topic) {
            case Topics.MODEL_PROMOTED -> settings.put("cleanup.policy", "compact");
            case Topics.PROGRESS -> settings.put("retention.ms", ONE_DAY_MILLIS);
            default -> settings.put("retention.ms", FOR_EVER);
        }
        settings.put("message.timestamp.type", "LogAppendTime");
        if (topic.endsWith(Topics.deadLettersOf(""))) {
            settings.put("max.message.bytes", DEAD_LETTER_LIMIT_BYTES);
        }
        // A compacted topic is read from its start for the last record of each key: more partitions would gain nothing.
        int count = topic.equals(Topics.MODEL_PROMOTED) ? 1 : partitions;
        return new NewTopic(topic, Optional.of(count), copies).configs(settings);
    }
}
