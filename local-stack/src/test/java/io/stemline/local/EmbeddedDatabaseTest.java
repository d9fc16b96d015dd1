package io.stemline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {

    @TempDir
    private Path directory;

    @Test
    void whatWasCommittedIsThereAfterARestartOnAnotherPort() throws Exception {
        // Given
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE song(title text)");
            statement.execute("INSERT INTO song VALUES ('Ärger im Paradies')");
        }

        // When
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {

            // Then
            assertThat(text(connection, "SELECT title FROM song")).isEqualTo("Ärger im Paradies");
            assertThat(text(connection, "SELECT upper(title) FROM song")).isEqualTo("ÄRGER IM PARADIES");
            assertThat(text(connection, "SHOW server_version")).startsWith("18.");
            assertThat(text(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(text(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(text(connection, "SHOW max_connections")).isEqualTo("100");
            assertThat(text(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aServerWhoseJvmIsKilledStopsAndItsDirectoryStartsAgain() throws Exception {
        // Given
        Process host = ChildJvm.start(List.of(), EmbeddedDatabase.class, directory.toString(), "0");
        ChildJvm.awaitLine(host.inputReader(), "ready");
        ProcessHandle postgres = LifelineTest.postmaster(directory);

        // When
        host.destroyForcibly().waitFor();

        // Then
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {
            assertThat(text(connection, "SELECT 'up'")).isEqualTo("up");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> !postgres.isAlive());
    }

    @Test
    void aJvmWhoseServerIsKilledEndsSoThatBothAreStartedAgain() throws Exception {
        // Given
        Process host = ChildJvm.start(List.of(), EmbeddedDatabase.class, directory.toString(), "0");
        ChildJvm.awaitLine(host.inputReader(), "ready");

        // When
        LifelineTest.postmaster(directory).destroyForcibly();

        // Then
        assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue()).isEqualTo(1);
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {
            assertThat(text(connection, "SELECT 'up'")).isEqualTo("up");
        }
    }

    @Test
    void aStalePidFileOfAServerThatIsGoneDoesNotStandInTheWay() throws Exception {
        // Given
        EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults()).close();
        Path pidFile = directory.resolve("cluster").resolve("postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + directory.resolve("cluster") + "\n");

        // When
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {

            // Then
            assertThat(text(connection, "SELECT 'up'")).isEqualTo("up");
        }
    }

    @Test
    void aDirectoryThatWasCutOffWhileBeingCreatedIsMadeAnew() throws Exception {
        // Given
        Path cluster = Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(cluster.resolve("postgresql.conf"), "");

        // When
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {

            // Then
            assertThat(text(connection, "SELECT 'up'")).isEqualTo("up");
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        // Given
        try (var database = EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults());
                var connection = connect(database)) {

            // When
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, EmbeddedDatabase.Settings.defaults()))

                    // Then
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage(directory + ": another process is using this database");
            assertThat(text(connection, "SELECT 'up'")).isEqualTo("up");
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAtOnce() throws Exception {
        // Given
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var settings = EmbeddedDatabase.Settings.defaults().withPort(taken.getLocalPort());

            // When
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, settings))

                    // Then
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage("port " + taken.getLocalPort() + " cannot be used (Address already in use)");
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
