package io.stemline.endurance.chaos;

import java.time.Duration;
import java.util.Locale;

/** One thing that is done to the system. */
sealed interface Blow {

    /** What is hit, as the report names it. */
    String target();

    /** What is done, as the report names it. */
    String action();

    /** A process of the stack gets {@code kill -9}. */
    record Kill(String process) implements Blow {
        @Override
        public String target() {
            return process;
        }

        @Override
        public String action() {
            return "kill -9";
        }
    }

    /** PostgreSQL's own first process gets {@code kill -9}, not the one that looks after it. */
    record KillPostmaster() implements Blow {
        @Override
        public String target() {
            return "postgresql, the server";
        }

        @Override
        public String action() {
            return "kill -9";
        }
    }

    /** A process that serves a connection gets {@code kill -9}; PostgreSQL then ends all connections and recovers. */
    record KillBackend() implements Blow {
        @Override
        public String target() {
            return "postgresql, a connection";
        }

        @Override
        public String action() {
            return "kill -9";
        }
    }

    /** Every connection to the database is ended. */
    record CutDatabase() implements Blow {
        @Override
        public String target() {
            return "postgresql, all connections";
        }

        @Override
        public String action() {
            return "cut off";
        }
    }

    /** Every process gets {@code kill -9} at the same moment, as when the power fails. */
    record KillAll() implements Blow {
        @Override
        public String target() {
            return "everything";
        }

        @Override
        public String action() {
            return "kill -9";
        }
    }

    /** A process, and those it has started, are stopped and go on later, without knowing that time has passed. */
    record Pause(String process, Duration length) implements Blow {
        @Override
        public String target() {
            return process;
        }

        @Override
        public String action() {
            return "stopped for %.0f s".formatted(length.toMillis() / 1e3);
        }
    }

    /** A process is told to stop, and comes up with another version of its program. */
    record ChangeVersion(String process, LinkedHome.Version to) implements Blow {
        @Override
        public String target() {
            return process;
        }

        @Override
        public String action() {
            return "the version " + to.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The disk that holds the object store has no room left for a while. */
    record FillStore(Duration length) implements Blow {
        @Override
        public String target() {
            return "object store";
        }

        @Override
        public String action() {
            return "disk full for %.0f s".formatted(length.toMillis() / 1e3);
        }
    }
}
