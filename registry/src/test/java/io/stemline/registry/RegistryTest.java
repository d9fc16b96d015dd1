package io.stemline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.events.AudioReady.Tags;
import io.stemline.events.Topics;
import io.stemline.local.EmbeddedDatabase;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.RetrainingRequests.Answer;
import io.stemline.registry.RetrainingRequests.Asking;
import io.stemline.registry.RetrainingRequests.Step;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the registry, on a real database. */
final class RegistryTest {
    private static final String WEIGHTS = "a".repeat(64);
    private static final Outbox OUTBOX = new Outbox(URI.create("/test"), Clock.systemUTC());

    @TempDir
    private static Path folder;

    private static EmbeddedDatabase postgres;
    private static Jdbi database;

    @BeforeAll
    static void start() {
        postgres = EmbeddedDatabase.start(folder, EmbeddedDatabase.Settings.defaults());
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .load()
                .migrate();
        database = Jdbi.create(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .installPlugin(new PostgresPlugin());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        database.useHandle(handle -> handle.execute("""
                truncate track, split_key, retraining_request, joined_request, promotion, slot, model, training_run, trial, outbox
                cascade
                """));
    }

    @Test
    void noArtistNoAlbumAndNoSoundEverStandsInTwoSplits() {
        // Given
        Random random = new Random(7);
        Map<String, Set<Split>> splitsOf = new HashMap<>();

        // When
        for (int i = 0; i < 400; i++) {
            Optional<String> artist =
                    random.nextInt(5) == 0 ? Optional.empty() : Optional.of("Artist " + random.nextInt(60));
            Optional<String> album =
                    random.nextInt(3) == 0 ? Optional.empty() : Optional.of("Album " + random.nextInt(90));
            Optional<Split> wanted = random.nextInt(4) == 0
                    ? Optional.of(random.nextBoolean() ? Split.TEST : Split.TRAIN)
                    : Optional.empty();
            Set<String> sounds = random.nextInt(3) == 0
                    ? Set.copyOf(List.of("sound " + random.nextInt(120), "sound " + random.nextInt(120)))
                    : Set.of("own sound " + i);
            boolean tagged = random.nextBoolean();
            var traits = new Traits(
                    new Tags(Optional.empty(), artist.filter(name -> tagged), album, Optional.empty()),
                    artist.map(name -> "train/" + name + " - Title").orElse("Title"),
                    sounds);
            Split split = assign(track(i), traits, wanted);
            if (split != Split.SET_ASIDE) {
                Stream.of(artist.stream(), album.stream(), sounds.stream())
                        .flatMap(names -> names)
                        .forEach(name -> splitsOf.computeIfAbsent(name, key -> new HashSet<>())
                                .add(split));
            }
        }

        // Then
        assertThat(splitsOf)
                .isNotEmpty()
                .allSatisfy((name, splits) -> assertThat(splits).as(name).hasSize(1));
    }

    @Test
    void theSameMusicInAnotherFileWithoutTagsIsInTheSameSplit() {
        // Given
        assign(track(1), new Traits(Tags.NONE, "one", Set.of("mixture", "vocals")), Optional.of(Split.TEST));

        // When
        Split sameVocals = assign(track(2), new Traits(Tags.NONE, "two", Set.of("vocals")), Optional.of(Split.TRAIN));
        Split other = assign(track(3), new Traits(Tags.NONE, "three", Set.of("drums")), Optional.of(Split.TRAIN));
        Split both = assign(track(4), new Traits(Tags.NONE, "four", Set.of("mixture", "drums")), Optional.empty());

        // Then
        assertThat(sameVocals).isEqualTo(Split.TEST);
        assertThat(other).isEqualTo(Split.TRAIN);
        assertThat(both).isEqualTo(Split.SET_ASIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "A Classic Education - NightOwl, A Classic Education - Wandering, TEST",
        "test/Actions - Devil's Words, train/Actions - South Of The Water, TEST",
        "AM Contra – Heart Peripheral, am contra - Another, TEST",
        "AC-DC - Thunder, AC-DC - Back, TEST",
        "AC-DC, AC-DC, TRAIN",
        "01 - Intro, 01 - Outro, TRAIN",
        "Just a title, Just a title, TRAIN"
    })
    void theNameOfATrackWithoutTagsTellsItsArtist(String first, String second, Split split) {
        // Given
        assign(track(1), new Traits(Tags.NONE, first, Set.of()), Optional.of(Split.TEST));

        // When, Then
        assertThat(assign(track(2), new Traits(Tags.NONE, second, Set.of()), Optional.of(Split.TRAIN)))
                .isEqualTo(split);
    }

    @Test
    void aTagIsBelievedMoreThanAName() {
        // Given
        assign(track(1), new Traits(by("Someone"), "Nobody - Song", Set.of()), Optional.of(Split.TEST));

        // When, Then
        assertThat(assign(track(2), by("Nobody"), Optional.of(Split.TRAIN))).isEqualTo(Split.TRAIN);
    }

    @Test
    void aNameThatIsTooLongForAnIndexStillTiesItsTracks() {
        // Given
        var random = new Random(5);
        String endless =
                random.ints(10_000, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
        Split first = assign(track(1), by(endless), Optional.of(Split.TEST));

        // When
        Split second = assign(track(2), by(endless), Optional.of(Split.TRAIN));

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void anArtistIsTheSameHoweverItIsSpelled() {
        // Given
        Split first = assign(track(1), by("Björk"), Optional.of(Split.TEST));

        // When
        Split second = assign(track(2), by("  bjork! "), Optional.of(Split.TRAIN));

        // Then
        assertThat(List.of(first, second)).containsOnly(Split.TEST);
    }

    @Test
    void aTrackKeepsItsSplitForEver() {
        // Given
        Split first = assign(track(1), by("Someone"), Optional.of(Split.TEST));

        // When
        Split again = assign(track(1), by("Somebody else"), Optional.of(Split.TRAIN));

        // Then
        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "AC/DC, ACDC",
        "The Beatles, beatles",
        "Simon & Garfunkel, SIMON AND GARFUNKEL",
        "R.E.M., rem",
        "!!!, !!!",
        "Ｂｊöｒｋ, bjork",
        "Rihanna feat. Jay-Z, Jay Z",
        "Queen;David Bowie, david bowie",
        "'; drop table split_key; --', drop table split_key"
    })
    void anotherSpellingOrCompanyDoesNotLetAnArtistIntoTwoSplits(String first, String second) {
        // Given
        assign(track(1), by(first), Optional.of(Split.TEST));

        // When
        Split split = assign(track(2), by(second), Optional.of(Split.TRAIN));

        // Then
        assertThat(split).isEqualTo(Split.TEST);
    }

    @Test
    void aCompilationTiesItsArtistsButNotAllOtherCompilations() {
        // Given
        assign(track(1), of("Various Artists", "Hits of 1974"), Optional.of(Split.TEST));

        // When
        Split sameAlbum = assign(track(2), of("Someone", "Hits of 1974"), Optional.of(Split.TRAIN));
        Split sameArtist = assign(track(3), by("Someone"), Optional.of(Split.TRAIN));
        Split otherCompilation = assign(track(4), of("various artists", "Hits of 1975"), Optional.of(Split.TRAIN));

        // Then
        assertThat(List.of(sameAlbum, sameArtist)).containsOnly(Split.TEST);
        assertThat(otherCompilation).isEqualTo(Split.TRAIN);
    }

    @Test
    void anArtistThatBecomesKnownLaterIsTiedToo() {
        // Given
        assign(track(1), Tags.NONE, Optional.of(Split.TEST));
        assign(track(1), by("Someone"), Optional.empty());

        // When
        Split split = assign(track(2), by("someone"), Optional.of(Split.TRAIN));

        // Then
        assertThat(split).isEqualTo(Split.TEST);
    }

    @Test
    void aTrackWhoseArtistTurnsOutToBeOnTheOtherSideIsSetAside() {
        // Given
        assign(track(1), Tags.NONE, Optional.of(Split.TRAIN));
        assign(track(2), by("Someone"), Optional.of(Split.TEST));

        // When
        Split split = assign(track(1), by("SOMEONE"), Optional.empty());

        // Then
        assertThat(split).isEqualTo(Split.SET_ASIDE);
    }

    @Test
    void aTrackThatTiesTwoSplitsIsSetAside() {
        // Given
        assign(track(1), by("Someone"), Optional.of(Split.TEST));
        Tags album = new Tags(Optional.empty(), Optional.empty(), Optional.of("Hits"), Optional.empty());
        assign(track(2), album, Optional.of(Split.TRAIN));

        // When
        Tags both = new Tags(Optional.empty(), Optional.of("Someone"), Optional.of("Hits"), Optional.empty());
        Split split = assign(track(3), both, Optional.empty());

        // Then
        assertThat(split).isEqualTo(Split.SET_ASIDE);
    }

    @Test
    void aHundredTracksAreDividedSevenToTwoToOne() {
        // When
        List<Split> splits = IntStream.range(0, 100)
                .mapToObj(i -> assign(track(i), Tags.NONE, Optional.empty()))
                .toList();

        // Then
        assertThat(splits).filteredOn(split -> split == Split.TRAIN).hasSize(70);
        assertThat(splits).filteredOn(split -> split == Split.TEST).hasSize(20);
        assertThat(splits).filteredOn(split -> split == Split.VALIDATION).hasSize(10);
    }

    @Test
    void ofManyWhoAskAtOnceOneOpensARequestAndTheOthersJoin() throws Exception {
        // Given
        var requests = new RetrainingRequests(OUTBOX);

        // When
        List<Answer> answers;
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Answer>> asked = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> ask(requests, "policy-" + i, Duration.ofHours(1))))
                    .toList();
            answers = asked.stream().map(RegistryTest::resultOf).toList();
        }

        // Then
        assertThat(answers).filteredOn(Answer.Opened.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Answer.Joined.class::isInstance).hasSize(15);
        assertThat(waiting(Topics.RETRAINING_REQUESTED)).isEqualTo(1);
    }

    @Test
    void whoSaysTheSameAgainDoesNotJoinHimself() throws SQLException {
        // Given
        var requests = new RetrainingRequests(OUTBOX);
        ask(requests, "floor", Duration.ZERO);

        // When
        ask(requests, "floor", Duration.ZERO);
        ask(requests, "drop", Duration.ZERO);
        ask(requests, "drop", Duration.ZERO);

        // Then
        List<String> joined = database.withHandle(handle -> handle.select("select policy from joined_request")
                .mapTo(String.class)
                .list());
        assertThat(joined).containsExactly("drop");
    }

    @Test
    void afterARequestWasClosedNothingIsAskedForAWhile() throws SQLException {
        // Given
        var requests = new RetrainingRequests(OUTBOX);
        String requestId = ((Answer.Opened) ask(requests, "floor", Duration.ZERO)).requestId();
        database.useTransaction(transaction -> RetrainingRequests.close(transaction, requestId, "refused"));

        // When
        Answer tooSoon = ask(requests, "floor", Duration.ofHours(1));
        Answer insisting = ask(requests, "person", Duration.ZERO);

        // Then
        assertThat(tooSoon).isInstanceOf(Answer.CoolingDown.class);
        assertThat(insisting).isInstanceOf(Answer.Opened.class);
    }

    @Test
    void aPromotionIsTakenBackToTheModelBefore() throws SQLException {
        // Given
        register("first");
        register("second");
        promote("second", Optional.of("first"));

        // When
        Promotion back = database.inTransaction(
                transaction -> new Promotions(OUTBOX).rollBack(transaction, Slots.DEFAULT, "it hummed"));

        // Then
        assertThat(back.modelId()).isEqualTo("first");
        assertThat(active()).hasValue("first");
        assertThat(waiting(Topics.MODEL_PROMOTED)).isEqualTo(2);
    }

    @Test
    void theActiveModelIsNeitherPromotedAgainNorRefused() throws SQLException {
        // Given
        register("first");
        promote("first", Optional.empty());

        // When, Then
        assertThatThrownBy(() -> promote("first", Optional.empty())).hasMessage("model first is active already");
        assertThatThrownBy(() -> database.useTransaction(
                        transaction -> Promotions.refuse(transaction, "first", DecidedBy.PERSON, "no")))
                .hasMessageStartingWith("model first is active");
        assertThatThrownBy(() -> promote("third", Optional.empty()))
                .hasMessage("no model 'third' is registered; there are: [first]");
    }

    @Test
    void whoeverDecidesByHandEndsTheTrialAndTheRequestBehindIt() throws SQLException {
        // Given
        String requestId = trial("candidate");

        // When
        promote("candidate", Optional.of("first"));

        // Then
        assertThat(trialSays("candidate")).isEqualTo("PROMOTED: by hand, before the trial ended: better");
        assertThat(outcome(requestId)).hasValue("PROMOTED: by hand, before the trial ended: better");
    }

    @Test
    void whoeverRefusesByHandEndsTheTrialAndTheRequestBehindIt() throws SQLException {
        // Given
        String requestId = trial("candidate");

        // When
        database.useTransaction(
                transaction -> Promotions.refuse(transaction, "candidate", DecidedBy.PERSON, "it hums"));

        // Then
        assertThat(trialSays("candidate")).isEqualTo("REFUSED: by hand, before the trial ended: it hums");
        assertThat(outcome(requestId)).hasValue("REFUSED: by hand, before the trial ended: it hums");
    }

    @Test
    void aRequestThatWasGivenUpLetsOthersAskAndIsOpenedAgainUnlessTheyDid() throws SQLException {
        // Given
        var requests = new RetrainingRequests(OUTBOX);
        String requestId = ((Answer.Opened) ask(requests, "floor", Duration.ZERO)).requestId();
        run(requestId, "candidate", "TRAINING");

        // When
        database.useTransaction(transaction -> RetrainingRequests.giveUp(transaction, requestId, "no memory"));

        // Then
        assertThat(outcome(requestId)).hasValue("FAILED: no memory");
        assertThat(runSays(requestId)).isEqualTo("FAILED: no memory");
        assertThat(ask(requests, "floor", Duration.ofHours(1))).isInstanceOf(Answer.CoolingDown.class);

        // When
        reopen(requestId, Step.TRAINING);

        // Then
        assertThat(outcome(requestId)).isEmpty();
        assertThat(runSays(requestId)).isEqualTo("PREPARING");

        // When
        database.useTransaction(transaction -> RetrainingRequests.giveUp(transaction, requestId, "no memory"));
        String other = ((Answer.Opened) ask(requests, "floor", Duration.ZERO)).requestId();
        reopen(requestId, Step.TRAINING);

        // Then
        assertThat(outcome(requestId)).hasValue("FAILED: no memory");
        assertThat(outcome(other)).isEmpty();
    }

    @Test
    void aRequestThatCameFurtherIsNotOpenedAgain() throws SQLException {
        // Given
        String requestId = trial("candidate");
        promote("candidate", Optional.of("first"));
        database.useHandle(handle -> handle.execute("update retraining_request set outcome = 'FAILED: by then'"));

        // When
        reopen(requestId, Step.TRAINING);
        reopen(requestId, Step.JUDGING);

        // Then
        assertThat(outcome(requestId)).hasValue("FAILED: by then");
    }

    @Test
    void aTrainedCandidateWhoseTrialWasGivenUpIsJudgedWhenItIsOpenedAgain() throws SQLException {
        // Given
        String requestId = ((Answer.Opened) ask(new RetrainingRequests(OUTBOX), "floor", Duration.ZERO)).requestId();
        run(requestId, "candidate", "TRAINED");
        database.useTransaction(transaction -> RetrainingRequests.giveUp(transaction, requestId, "no package"));

        // When
        reopen(requestId, Step.TRAINING);
        Optional<String> afterTraining = outcome(requestId);
        reopen(requestId, Step.JUDGING);

        // Then
        assertThat(afterTraining).hasValue("FAILED: no package");
        assertThat(outcome(requestId)).isEmpty();
        assertThat(runSays(requestId)).isEqualTo("TRAINED");
    }

    private static void reopen(String requestId, Step step) {
        database.useTransaction(transaction -> RetrainingRequests.reopen(transaction, requestId, step));
    }

    /** A candidate under trial; the request behind it. */
    private static String trial(String candidateId) throws SQLException {
        String requestId = ((Answer.Opened) ask(new RetrainingRequests(OUTBOX), "floor", Duration.ZERO)).requestId();
        run(requestId, candidateId, "TRAINED");
        database.useTransaction(transaction -> {
            Models.registerInstalled(transaction, "first", WEIGHTS);
            Models.registerCandidate(transaction, candidateId, WEIGHTS, Optional.of("first"), "run of " + requestId);
            transaction.execute(
                    "insert into batch (batch_id, name, purpose) values (?, 'trial', 'TRIAL')", "trial-" + requestId);
            transaction.execute(
                    "insert into trial (trial_id, candidate_id, active_id, request_id, batch_id, metric, state)"
                            + " values (?, ?, 'first', ?, ?, 'SI-SDR', 'OPEN')",
                    "trial-" + requestId,
                    candidateId,
                    requestId,
                    "trial-" + requestId);
        });
        return requestId;
    }

    private static void run(String requestId, String candidateId, String state) {
        database.useHandle(handle -> handle.execute(
                "insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration,"
                        + " dataset_sha256, code_version, seed, state, worker, steps)"
                        + " values (?, ?, ?, 'first', '{}', repeat('0', 64), 'x', 1, ?, 'w', 40)",
                "run of " + requestId,
                requestId,
                candidateId,
                state));
    }

    private static String trialSays(String candidateId) {
        return text("select state || ': ' || reason from trial where candidate_id = ?", candidateId)
                .orElseThrow();
    }

    private static String runSays(String requestId) {
        return text("select state || coalesce(': ' || reason, '') from training_run where request_id = ?", requestId)
                .orElseThrow();
    }

    private static Optional<String> outcome(String requestId) {
        return text("select outcome from retraining_request where request_id = ? and outcome is not null", requestId);
    }

    private static Optional<String> text(String sql, String argument) {
        return database.withHandle(
                handle -> handle.select(sql, argument).mapTo(String.class).findOne());
    }

    @Test
    void anotherModelOfTheSameIdIsRefused() {
        // Given
        register("first");

        // When, Then
        assertThatThrownBy(() -> database.useTransaction(
                        transaction -> Models.registerInstalled(transaction, "first", "b".repeat(64))))
                .hasMessageContaining("another model of this id is registered");
    }

    private static Optional<String> active() {
        return database.withHandle(
                handle -> Promotions.active(handle, Slots.DEFAULT).map(RegisteredModel::modelId));
    }

    private static void register(String modelId) {
        database.useTransaction(transaction -> Models.registerInstalled(transaction, modelId, WEIGHTS));
    }

    private static void promote(String modelId, Optional<String> previous) throws SQLException {
        database.inTransaction(transaction -> new Promotions(OUTBOX)
                .promote(transaction, Slots.DEFAULT, modelId, previous, DecidedBy.PERSON, "better"));
    }

    private static Answer ask(RetrainingRequests requests, String policy, Duration coolDown) throws SQLException {
        return database.inTransaction(transaction -> requests.ask(
                transaction, new Asking(Slots.DEFAULT, "unet-1", policy, "it is bad", List.of("e1")), coolDown));
    }

    private static Answer resultOf(Future<Answer> asked) {
        try {
            return asked.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static int waiting(String topic) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from outbox where topic = :topic")
                .bind("topic", topic)
                .mapTo(Integer.class)
                .one());
    }

    private static Split assign(String trackId, Tags tags, Optional<Split> wanted) {
        return assign(trackId, new Traits(tags, "n", Set.of()), wanted);
    }

    private static Split assign(String trackId, Traits traits, Optional<Split> wanted) {
        return database.inTransaction(transaction -> Splits.assign(transaction, trackId, traits, wanted));
    }

    private static Tags of(String artist, String album) {
        return new Tags(Optional.empty(), Optional.of(artist), Optional.of(album), Optional.empty());
    }

    private static Tags by(String artist) {
        return new Tags(Optional.empty(), Optional.of(artist), Optional.empty(), Optional.empty());
    }

    private static String track(int number) {
        String trackId = "%064x".formatted(number);
        database.useHandle(
                handle -> handle.createUpdate("""
                        insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)
                        values (:id, 'o', 'n', 'wav', 44100, 2, 1) on conflict do nothing
                        """).bind("id", trackId).execute());
        return trackId;
    }
}
