package io.stemline.ingest.console.live;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.ItemState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The live page's parts, each of which is replaced by itself when it changes. */
final class LiveParts {
    private LiveParts() {}

    /** The HTML of each part by its name. */
    static Map<String, String> of(LiveView live) {
        var parts = new LinkedHashMap<String, String>();
        parts.put(
                "trouble",
                live.trouble().map(sentence -> new Trouble(sentence).render()).orElse(""));
        parts.put("figures", new FiguresPart(live.speed(), waiting(live), live.queues()).render());
        parts.put(
                "batches",
                new BatchesPart(live.batches().stream().map(BatchRow::of).toList()).render());
        parts.put(
                "working",
                new WorkingPart(
                                live.inWork(),
                                live.inWorkTotal() - live.inWork().size())
                        .render());
        parts.put("failures", new FailuresPart(live.failures()).render());
        return parts;
    }

    private static long waiting(LiveView live) {
        return live.queues().stream().mapToLong(LiveView.Queue::waiting).sum();
    }

    /**
     * A batch with shares of its bar.
     *
     * @param done entries that are separated and evaluated
     * @param running entries on their way
     */
    record BatchRow(BatchView batch, int done, int failed, int running) {
        static BatchRow of(BatchView batch) {
            int done = batch.inState(ItemState.DONE);
            int failed = batch.inState(ItemState.FAILED);
            return new BatchRow(batch, done, failed, batch.entries() - done - failed);
        }

        public String state() {
            if (running > 0) {
                return "running";
            }
            return failed == 0 ? "done" : failed == batch.entries() ? "failed" : "done, some failed";
        }

        /** Share of the bar in thousandths, as SVG takes it. */
        public int doneShare() {
            return share(done);
        }

        public int failedShare() {
            return share(failed);
        }

        private int share(int part) {
            return batch.entries() == 0 ? 0 : Math.round(1000f * part / batch.entries());
        }
    }

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record Trouble(String sentence) implements TemplateInstance {}

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record FiguresPart(LiveView.Speed speed, long waiting, List<LiveView.Queue> queues) implements TemplateInstance {}

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record BatchesPart(List<BatchRow> batches) implements TemplateInstance {}

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record WorkingPart(List<LiveView.InWork> working, int more) implements TemplateInstance {}

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record FailuresPart(List<LiveView.Failure> failures) implements TemplateInstance {}

    @CheckedTemplate(basePath = "live", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record LivePage(Map<String, String> parts) implements TemplateInstance {}
}
