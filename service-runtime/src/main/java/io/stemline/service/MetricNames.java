package io.stemline.service;

/** Names of the metrics, for dashboards and alerts to rely on. */
public final class MetricNames {
    /** Timer: jobs by topic and ending (done, given_up, given_back). */
    public static final String JOBS = "stemline.jobs";

    /** Gauge: jobs under work right now, by topic. */
    public static final String JOBS_RUNNING = "stemline.jobs.running";

    /** Counter: passing failures that were tried again, by topic. */
    public static final String RETRIES = "stemline.jobs.retries";

    /** Counter: records that the broker took from a worker, by topic. */
    public static final String LOCKS_LOST = "stemline.jobs.locks.lost";

    private MetricNames() {}
}
