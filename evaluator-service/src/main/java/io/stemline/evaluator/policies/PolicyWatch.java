package io.stemline.evaluator.policies;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.evaluator.policies.Judge.Finding;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.RetrainingRequests;
import io.stemline.registry.RetrainingRequests.Answer;
import io.stemline.registry.RetrainingRequests.Asking;
import io.stemline.registry.Slots;
import io.stemline.service.LearningConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the policies, one after the other, on a thread of its own: when something was evaluated, and once a minute. Many evaluations
 * in a short time are one look. For each policy, in one database transaction:
 *
 * <ol>
 *   <li>a request is open that says this already: nothing to do;
 *   <li>look whether it trips for the active model;
 *   <li>ask, with the evidence. Another evaluator was faster: the registry knows, and asks once.
 * </ol>
 *
 * What fails is tried again at the next look.
 */
@Singleton
public final class PolicyWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(PolicyWatch.class);
    private static final Duration AT_THE_LATEST = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private static final String ASKED_ALREADY = """
            select exists (
                select 1 from retraining_request r
                where r.slot = :slot and r.closed_at is null
                  and (r.policy = :policy
                       or exists (select 1 from joined_request j where j.request_id = r.request_id and j.policy = :policy)))
            """;

    private final Jdbi database;
    private final RetrainingRequests requests;
    private final OutboxRelay relay;
    private final List<Policy> policies;
    private final LearningConfig config;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    PolicyWatch(Jdbi database, Outbox outbox, OutboxRelay relay, PolicyConfig policies, LearningConfig config) {
        this.database = database;
        this.requests = new RetrainingRequests(outbox);
        this.relay = relay;
        this.policies = Policies.of(policies);
        this.config = config;
        this.thread = Thread.ofPlatform().name("policies").unstarted(this::run);
    }

    void start(@Observes StartupEvent event) {
        LOGGER.atInfo().log("Policies: {}", policies.isEmpty() ? "none, nothing asks for better models" : policies);
        if (!policies.isEmpty()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(TO_STOP);
    }

    /** Says that something was evaluated, or that there are new references. */
    public void nudge() {
        news.release();
    }

    private void run() {
        while (!stopping) {
            lookOnce();
            try {
                Thread.sleep(BETWEEN_LOOKS);
                boolean nudged = news.tryAcquire(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                LOGGER.atTrace().log("looking again, {}", nudged ? "nudged" : "after a minute");
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void lookOnce() {
        policies.forEach(this::lookAt);
    }

    private void lookAt(Policy policy) {
        try {
            Optional<Answer> answer = database.inTransaction(transaction -> ask(transaction, policy));
            answer.ifPresent(given -> tell(policy, given));
        } catch (SQLException | RuntimeException e) {
            if (!stopping) {
                LOGGER.atWarn()
                        .setCause(e)
                        .addKeyValue("policy", policy.name())
                        .log("A policy could not be looked at; it is tried again");
            }
        }
    }

    /** Asks if the policy trips and has not asked already; empty if not. */
    private Optional<Answer> ask(Handle transaction, Policy policy) throws SQLException {
        Optional<String> modelId = Promotions.active(transaction, Slots.DEFAULT)
                .map(RegisteredModel::modelId)
                .or(() -> config.models().active());
        if (modelId.isEmpty() || hasAsked(transaction, policy)) {
            return Optional.empty();
        }
        Optional<Finding> finding = Judge.look(transaction, policy, modelId.get(), now(transaction));
        if (finding.isEmpty()) {
            return Optional.empty();
        }
        var asking = new Asking(
                Slots.DEFAULT,
                modelId.get(),
                policy.name(),
                finding.get().reason(),
                finding.get().evidence());
        return Optional.of(requests.ask(transaction, asking, config.retraining().coolDown()));
    }

    private static boolean hasAsked(Handle transaction, Policy policy) {
        return transaction
                .createQuery(ASKED_ALREADY)
                .bind("slot", Slots.DEFAULT)
                .bind("policy", policy.name())
                .mapTo(Boolean.class)
                .one();
    }

    private static Instant now(Handle transaction) {
        return transaction
                .createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    private void tell(Policy policy, Answer answer) {
        switch (answer) {
            case Answer.Opened opened -> {
                relay.nudge();
                LOGGER.atInfo()
                        .addKeyValue("policy", policy.name())
                        .addKeyValue("request", opened.requestId())
                        .log("Asks for a better model");
            }
            case Answer.Joined joined ->
                LOGGER.atInfo()
                        .addKeyValue("policy", policy.name())
                        .addKeyValue("request", joined.requestId())
                        .log("Joins a request for a better model");
            case Answer.CoolingDown cooling ->
                LOGGER.atDebug()
                        .addKeyValue("policy", policy.name())
                        .log("Would ask for a better model, but not before {}", cooling.until());
        }
    }
}
