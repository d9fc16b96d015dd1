package io.stemline.evaluator.policies;

import io.stemline.evaluator.policies.Policy.Drop;
import io.stemline.evaluator.policies.Policy.FailingChecks;
import io.stemline.evaluator.policies.Policy.Floor;
import io.stemline.evaluator.policies.Policy.Never;
import io.stemline.evaluator.policies.Policy.NewReferences;
import io.stemline.evaluator.policies.Policy.Schedule;
import io.stemline.evaluator.policies.RecentTracks.Checked;
import io.stemline.evaluator.policies.RecentTracks.Scored;
import io.stemline.statistics.Bootstrap;
import io.stemline.statistics.Interval;
import io.stemline.statistics.Quantiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Looks whether a policy trips. */
final class Judge {
    private static final double CONFIDENCE = 0.95;
    private static final long SEED = 1;

    /** How far back the past reaches that a drop is measured against. */
    private static final int PAST_TRACKS = 1000;

    /** A request is an event: it does not carry more ids than this. */
    private static final int MOST_EVIDENCE = 100;

    private Judge() {}

    /**
     * Why a policy trips.
     *
     * @param reason a sentence with the figures
     * @param evidence ids of the evaluations, or of the tracks, behind it
     */
    record Finding(String reason, List<String> evidence) {
        Finding {
            evidence = evidence.stream().limit(MOST_EVIDENCE).toList();
        }
    }

    /**
     * Whether a policy trips for the active model.
     *
     * @param now the database's time
     */
    static Optional<Finding> look(Handle handle, Policy policy, String modelId, Instant now) {
        return switch (policy) {
            case NewReferences newReferences -> look(handle, newReferences);
            case Floor floor -> look(handle, floor, modelId);
            case Drop drop -> look(handle, drop, modelId);
            case FailingChecks failingChecks -> look(handle, failingChecks, modelId);
            case Schedule schedule -> look(handle, schedule, now);
            case Never never -> Optional.empty();
        };
    }

    private static Optional<Finding> look(Handle handle, NewReferences policy) {
        List<String> tracks = RecentTracks.newReferences(handle);
        if (tracks.size() < policy.tracks()) {
            return Optional.empty();
        }
        return found(
                tracks,
                "%d tracks got references since the last training run began; %d are asked for",
                tracks.size(),
                policy.tracks());
    }

    private static Optional<Finding> look(Handle handle, Floor policy, String modelId) {
        List<Scored> last = RecentTracks.scored(handle, modelId, policy.figure(), policy.tracks());
        double medianDb = medianDb(last);
        if (last.size() < policy.tracks() || medianDb >= policy.floorDb()) {
            return Optional.empty();
        }
        return found(
                ids(last),
                "the median %s of the last %d tracks of %s is %.2f dB, under the floor of %.2f dB",
                policy.figure(),
                last.size(),
                modelId,
                medianDb,
                policy.floorDb());
    }

    private static Optional<Finding> look(Handle handle, Drop policy, String modelId) {
        List<Scored> all = RecentTracks.scored(handle, modelId, policy.figure(), policy.tracks() + PAST_TRACKS);
        if (all.size() < 2 * policy.tracks()) {
            return Optional.empty();
        }
        List<Scored> last = all.subList(0, policy.tracks());
        List<Scored> before = all.subList(policy.tracks(), all.size());
        Interval change = Bootstrap.differenceOfMedians(valuesDb(last), valuesDb(before), CONFIDENCE, SEED);
        if (!(change.estimate() <= -policy.dropDb() && change.high() < 0)) {
            return Optional.empty();
        }
        return found(
                ids(last),
                "the median %s of the last %d tracks of %s is %.2f dB, and was %.2f dB over the %d before: "
                        + "a change of %.2f dB (95 %% interval %.2f to %.2f dB)",
                policy.figure(),
                last.size(),
                modelId,
                medianDb(last),
                medianDb(before),
                before.size(),
                change.estimate(),
                change.low(),
                change.high());
    }

    private static Optional<Finding> look(Handle handle, FailingChecks policy, String modelId) {
        List<Checked> last = RecentTracks.checked(handle, modelId, policy.tracks());
        List<String> failing =
                last.stream().filter(Checked::fails).map(Checked::evaluationId).toList();
        double share = (double) failing.size() / policy.tracks();
        if (last.size() < policy.tracks() || share <= policy.share()) {
            return Optional.empty();
        }
        return found(
                failing,
                "%d of the last %d tracks of %s fail checks, more than a share of %.2f",
                failing.size(),
                last.size(),
                modelId,
                policy.share());
    }

    private static Optional<Finding> look(Handle handle, Schedule policy, Instant now) {
        return RecentTracks.lastRequest(handle)
                .filter(last -> !last.plus(policy.every()).isAfter(now))
                .flatMap(last -> found(
                        List.of(),
                        "%d days have passed since %s; every %d days a better model is asked for",
                        ChronoUnit.DAYS.between(last, now),
                        last.truncatedTo(ChronoUnit.SECONDS),
                        policy.every().toDays()));
    }

    private static Optional<Finding> found(List<String> evidence, String sentence, Object... figures) {
        return Optional.of(new Finding(String.format(Locale.ROOT, sentence, figures), evidence));
    }

    private static List<String> ids(List<Scored> tracks) {
        return tracks.stream().map(Scored::evaluationId).toList();
    }

    private static double medianDb(List<Scored> tracks) {
        return Quantiles.median(valuesDb(tracks));
    }

    private static double[] valuesDb(List<Scored> tracks) {
        return tracks.stream().mapToDouble(Scored::valueDb).toArray();
    }
}
