package io.stemline.reports.rows;

import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.ReportException;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.SeparatedTrack.FailedCheck;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Reports on what the catalogue's database holds:
 *
 * <ol>
 *   <li>the separations in question, and of each its newest evaluation. A track that a model separated more than once (in another
 *       encoding, say) counts once, as evaluated last;
 *   <li>their failed checks;
 *   <li>their windows, and then the figures that have none. More windows than memory is meant for: medians alone, with a remark.
 * </ol>
 *
 * All of it is read in one read-only transaction, so that a report does not change while it is made.
 */
public final class CatalogueReports {
    private static final int ROWS_AT_ONCE = 500;
    private static final long DEFAULT_FIGURES_AT_MOST = 40_000_000;

    private static final String SEPARATION_COLUMNS = """
            select distinct on (s.track_id, s.model_id)
                   s.separation_id, s.track_id, s.model_id, s.seconds, e.evaluation_id, e.created_at as evaluated_at, e.warnings,
                   coalesce(jsonb_array_length(e.checks), 0) as checks,
                   t.length_frames::float8 / t.sample_rate_hz as length_seconds,
                   case when t.title is null then t.name when t.artist is null then t.title
                        else t.artist || ' - ' || t.title end as name
            """;

    private static final String OF_BATCH = SEPARATION_COLUMNS + """
            from batch_item i
                 join separation s on s.separation_id = i.separation_id
                 join track t on t.track_id = s.track_id
                 left join evaluation e on e.evaluation_id = i.evaluation_id
            where i.batch_id = any(?)
            order by s.track_id, s.model_id, e.created_at desc nulls last
            """;

    private static final String OF_MODELS = SEPARATION_COLUMNS + """
            from separation s
                 join track t on t.track_id = s.track_id
                 left join evaluation e on e.separation_id = s.separation_id
            where s.model_id = any(?)
            order by s.track_id, s.model_id, e.created_at desc nulls last
            """;

    private static final String OF_DATASET = SEPARATION_COLUMNS + """
            from dataset_track d
                 join track t on t.track_id = d.track_id
                 join separation s on s.track_id = t.track_id
                 left join evaluation e on e.separation_id = s.separation_id
            where d.dataset = any(?)
            order by s.track_id, s.model_id, e.created_at desc nulls last
            """;

    private static final String FAILED_CHECKS = """
            select e.evaluation_id, check_made ->> 'name' as name, check_made ->> 'detail' as detail
            from evaluation e cross join jsonb_array_elements(e.checks) as check_made
            where e.evaluation_id = any(?) and not (check_made ->> 'passed')::boolean
            """;

    private static final String FIGURE_COUNT =
            "select coalesce(sum(cardinality(scores)), 0) from evaluation_frame where evaluation_id = any(?)";

    private static final String FRAMES = """
            select evaluation_id, stem, metric, window_seconds, hop_seconds, array_send(scores)
            from evaluation_frame where evaluation_id = any(?)
            """;

    private static final String SCORES_WITHOUT_FRAMES = """
            select s.evaluation_id, s.stem, s.metric, s.value
            from evaluation_score s left join evaluation_frame f using (evaluation_id, stem, metric)
            where s.evaluation_id = any(?) and f.evaluation_id is null
            """;

    private static final String SCORES =
            "select evaluation_id, stem, metric, value from evaluation_score where evaluation_id = any(?)";

    private final DataSource database;
    private final long figuresAtMost;

    public CatalogueReports(DataSource database) {
        this(database, DEFAULT_FIGURES_AT_MOST);
    }

    CatalogueReports(DataSource database, long figuresAtMost) {
        this.database = database;
        this.figuresAtMost = figuresAtMost;
    }

    /**
     * A report on a batch; empty if there is none of this id.
     *
     * @throws ReportException if the database cannot be read
     */
    public Optional<Report> ofBatch(String batchId, Instant madeAt) {
        return inTransaction(connection -> {
            Optional<String> name = name(connection, batchId);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            List<Report.Failure> failures = failures(connection, batchId);
            return Optional.of(read(connection, OF_BATCH, List.of(batchId), name.get(), madeAt, failures));
        });
    }

    /**
     * A report on all that models have separated.
     *
     * @throws ReportException if the database cannot be read
     */
    public Report ofModels(List<String> modelIds, Instant madeAt) {
        String title = (modelIds.size() == 1 ? "Model " : "Models ") + String.join(", ", modelIds);
        return inTransaction(connection -> read(connection, OF_MODELS, modelIds, title, madeAt, List.of()));
    }

    /**
     * A report on all that was made of the tracks of a data set, by whatever model; empty if there is none of this name.
     *
     * @throws ReportException if the database cannot be read
     */
    public Optional<Report> ofDataset(String dataset, Instant madeAt) {
        return inTransaction(connection -> exists(connection, dataset)
                ? Optional.of(read(connection, OF_DATASET, List.of(dataset), "Data set " + dataset, madeAt, List.of()))
                : Optional.empty());
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
                return work.with(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ReportException("the scores cannot be read from the database (%s)".formatted(e.getMessage()), e);
        }
    }

    private static Optional<String> name(Connection connection, String batchId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select name from batch where batch_id = ?")) {
            query.setString(1, batchId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static boolean exists(Connection connection, String dataset) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from dataset where dataset = ?")) {
            query.setString(1, dataset);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static List<Report.Failure> failures(Connection connection, String batchId) throws SQLException {
        var failures = new ArrayList<Report.Failure>();
        forEachRow(
                connection,
                "select name, reason from batch_item where batch_id = any(?) and state = 'FAILED' order by position",
                List.of(batchId),
                row -> failures.add(new Report.Failure(row.getString(1), row.getString(2))));
        return failures;
    }

    private Report read(
            Connection connection,
            String separations,
            List<String> ids,
            String title,
            Instant madeAt,
            List<Report.Failure> failures)
            throws SQLException {
        Map<String, Evaluated> evaluated = new LinkedHashMap<>();
        List<Evaluated> all = new ArrayList<>();
        forEachRow(connection, separations, ids, row -> {
            var one = new Evaluated(row);
            all.add(one);
            one.evaluationId.ifPresent(id -> evaluated.put(id, one));
        });
        List<String> evaluations = List.copyOf(evaluated.keySet());
        forEachRow(
                connection,
                FAILED_CHECKS,
                evaluations,
                row -> evaluated
                        .get(row.getString("evaluation_id"))
                        .failedChecks
                        .add(new FailedCheck(row.getString("name"), row.getString("detail"))));
        var table = new ScoreTableBuilder();
        all.stream().map(one -> one.method).distinct().forEach(table::add);
        var remarks = new ArrayList<Remark>();
        if (figureCount(connection, evaluations) <= figuresAtMost) {
            forEachRow(connection, FRAMES, evaluations, row -> addFrames(table, evaluated, row));
            forEachRow(connection, SCORES_WITHOUT_FRAMES, evaluations, row -> addScore(table, evaluated, row));
        } else {
            remarks.add(Remark.of(
                    Remark.Kind.WINDOWS_LEFT_OUT,
                    title,
                    "more than %,d windows; medians over windows stand for them".formatted(figuresAtMost)));
            forEachRow(connection, SCORES, evaluations, row -> addScore(table, evaluated, row));
        }
        return new Report(
                title, madeAt, table.build(), all.stream().map(Evaluated::track).toList(), failures, remarks);
    }

    private static long figureCount(Connection connection, List<String> evaluations) throws SQLException {
        long[] count = new long[1];
        forEachRow(connection, FIGURE_COUNT, evaluations, row -> count[0] = row.getLong(1));
        return count[0];
    }

    private static void addFrames(ScoreTableBuilder table, Map<String, Evaluated> evaluated, ResultSet row)
            throws SQLException {
        Evaluated one = evaluated.get(row.getString(1));
        var windows = new Windows(row.getDouble(4), row.getDouble(5));
        table.add(
                one.method, one.track, row.getString(2), row.getString(3), windows, SentArray.figures(row.getBytes(6)));
    }

    private static void addScore(ScoreTableBuilder table, Map<String, Evaluated> evaluated, ResultSet row)
            throws SQLException {
        Evaluated one = evaluated.get(row.getString(1));
        table.add(one.method, one.track, row.getString(2), row.getString(3), Windows.WHOLE_TRACK, row.getDouble(4));
    }

    @FunctionalInterface
    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private static void forEachRow(Connection connection, String sql, List<String> ids, RowVisitor visitor)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(ROWS_AT_ONCE);
            query.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    visitor.row(rows);
                }
            }
        }
    }

    /** A separation, while it is read. */
    private static final class Evaluated {
        private final Method method;
        private final ScoredTrack track;
        private final String separationId;
        private final double lengthSeconds;
        private final double seconds;
        private final Optional<String> evaluationId;
        private final Optional<Instant> evaluatedAt;
        private final int checks;
        private final List<FailedCheck> failedChecks = new ArrayList<>();
        private final List<String> warnings;

        Evaluated(ResultSet row) throws SQLException {
            method = Method.of(row.getString("model_id"));
            track = new ScoredTrack(row.getString("track_id"), row.getString("name"));
            separationId = row.getString("separation_id");
            lengthSeconds = row.getDouble("length_seconds");
            seconds = row.getDouble("seconds");
            evaluationId = Optional.ofNullable(row.getString("evaluation_id"));
            evaluatedAt = Optional.ofNullable(row.getObject("evaluated_at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
            checks = row.getInt("checks");
            Array texts = row.getArray("warnings");
            warnings = texts == null ? List.of() : List.of((String[]) texts.getArray());
        }

        SeparatedTrack track() {
            return new SeparatedTrack(
                    method.id(),
                    track,
                    separationId,
                    lengthSeconds,
                    seconds,
                    evaluatedAt,
                    checks,
                    failedChecks,
                    warnings);
        }
    }
}
