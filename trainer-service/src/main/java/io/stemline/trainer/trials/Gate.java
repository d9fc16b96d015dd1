package io.stemline.trainer.trials;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Models;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.RetrainingRequests;
import io.stemline.registry.Slots;
import io.stemline.service.JsonColumns;
import io.stemline.trainer.ActiveModel;
import io.stemline.trainer.ModelPackages;
import io.stemline.trainer.TrainerConfig;
import io.stemline.trainer.trials.TrialRows.OpenTrial;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on candidates: looks every second for a trial all of whose entries have ended, as {@code DONE} or {@code FAILED}. Any
 * number of trainers may do so. For each, in one transaction:
 *
 * <ol>
 *   <li>lock the trial; another trainer has it: pass over it;
 *   <li>somebody decided on the candidate before there was a trial, or another model became active: the trial ends and says so;
 *   <li>find the {@link Verdict};
 *   <li>promote or refuse, write the figures, close the request. {@code model.promoted} goes into the outbox.
 * </ol>
 *
 * The database is away: the next look decides. A crash before the commit: as if nothing had been; after it: the event leaves with
 * the outbox.
 */
@Singleton
public final class Gate {
    private static final Logger LOGGER = LoggerFactory.getLogger(Gate.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Jdbi database;
    private final TrialRows rows;
    private final Promotions promotions;
    private final ModelPackages packages;
    private final JsonColumns json;
    private final OutboxRelay relay;
    private final TrainerConfig config;
    private final ActiveModel active;
    private final Thread thread = Thread.ofPlatform().name("gate").unstarted(this::run);
    private volatile boolean stopping;

    Gate(
            Jdbi database,
            TrialRows rows,
            Promotions promotions,
            ModelPackages packages,
            JsonColumns json,
            OutboxRelay relay,
            TrainerConfig config,
            ActiveModel active) {
        this.database = database;
        this.rows = rows;
        this.promotions = promotions;
        this.packages = packages;
        this.json = json;
        this.relay = relay;
        this.config = config;
        this.active = active;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(TO_STOP);
    }

    private void run() {
        String said = "";
        while (!stopping) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
                decideAll();
                said = "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | RuntimeException e) {
                // The database or the store may be away; the next look tells. Once is enough to say so.
                if (!stopping && !said.equals(String.valueOf(e.getMessage()))) {
                    LOGGER.atWarn().setCause(e).log("No candidate can be decided on for now");
                }
                said = String.valueOf(e.getMessage());
            }
        }
    }

    /** Decides on every candidate that can be decided on; how many there were. */
    int decideAll() throws SQLException {
        int decided = 0;
        for (String trialId : rows.ended(database)) {
            boolean done = database.inTransaction(transaction -> decide(transaction, trialId));
            if (done) {
                decided++;
                relay.nudge();
            }
        }
        return decided;
    }

    private boolean decide(Handle transaction, String trialId) throws SQLException {
        Optional<OpenTrial> locked = rows.lock(transaction, trialId);
        if (locked.isEmpty()) {
            return false;
        }
        OpenTrial trial = locked.get();
        RegisteredModel candidate = Models.require(transaction, trial.candidateId());
        if (candidate.state() != RegisteredModel.State.CANDIDATE) {
            boolean promoted = candidate.state() == RegisteredModel.State.PROMOTED;
            end(transaction, trial, promoted, "somebody decided before the trial began", "{}");
            return true;
        }
        String activeId = active.id(transaction);
        if (!activeId.equals(trial.activeId())) {
            refuse(
                    transaction,
                    trial,
                    "it was compared with %s, and %s became active meanwhile; promote it by hand, or ask again"
                            .formatted(trial.activeId(), activeId),
                    "{}");
            return true;
        }
        decide(transaction, trial);
        return true;
    }

    private void decide(Handle transaction, OpenTrial trial) throws SQLException {
        List<String> stems = packages.card(trial.candidateId())
                .orElseThrow(() ->
                        new IllegalStateException(trial.candidateId() + ": its package is gone from the object store"))
                .stems();
        Verdict verdict = Verdict.of(
                rows.scores(transaction, trial, stems),
                new Verdict.Rules(trial.metric(), config.leastTrialTracks(), config.worstStemDb()));
        String figures = json.write(verdict.figures());
        if (verdict.better()) {
            promotions.promote(
                    transaction,
                    Slots.DEFAULT,
                    trial.candidateId(),
                    Optional.of(trial.activeId()),
                    DecidedBy.GATE,
                    verdict.reason());
            end(transaction, trial, true, verdict.reason(), figures);
        } else {
            refuse(transaction, trial, verdict.reason(), figures);
        }
    }

    private void refuse(Handle transaction, OpenTrial trial, String reason, String figures) {
        Promotions.refuse(transaction, trial.candidateId(), DecidedBy.GATE, reason);
        end(transaction, trial, false, reason, figures);
    }

    private void end(Handle transaction, OpenTrial trial, boolean promoted, String reason, String figures) {
        rows.end(transaction, trial, promoted, reason, figures);
        String outcome = (promoted ? "PROMOTED: " : "REFUSED: ") + reason;
        trial.requestId().ifPresent(requestId -> RetrainingRequests.close(transaction, requestId, outcome));
        LOGGER.atInfo()
                .addKeyValue("model", trial.candidateId())
                .log("{}, {}", promoted ? "Promoted" : "Refused", reason);
    }
}
