package io.stemline.pipeline.queue;

import io.stemline.pipeline.tracing.Traces;

/** Makes the work a span of the trace that the record belongs to. */
final class Traced implements JobHandler {

    private final JobHandler work;
    private final String group;

    Traced(JobHandler work, String group) {
        this.work = work;
        this.group = group;
    }

    @Override
    public void handle(Job job) throws Exception {
        Traces.received(job.record(), group, () -> work.handle(job));
    }
}
