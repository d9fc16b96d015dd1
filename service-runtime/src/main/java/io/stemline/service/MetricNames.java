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

    /** Gauge: entries of all batches that are not done, by state. */
    public static final String ENTRIES = "stemline.entries";

    /** Gauge: how long the oldest entry has waited that is neither done nor failed. */
    public static final String ENTRIES_OLDEST_SECONDS = "stemline.entries.oldest.seconds";

    /** Gauge: dead letters that nobody has dealt with. */
    public static final String DEAD_LETTERS_OPEN = "stemline.dead.letters.open";

    /** Gauge: median score of the newest evaluations with references, by stem and metric. */
    public static final String QUALITY_DB = "stemline.quality.db";

    /** Gauge: share of the newest evaluations in which a check failed that needs no references. */
    public static final String CHECKS_FAILING_SHARE = "stemline.checks.failing.share";

    private MetricNames() {}
}
