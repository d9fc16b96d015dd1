package io.stemline.endurance.chaos;

import io.stemline.endurance.chaos.LinkedHome.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * What is done to the system, and when: the same seed and settings give the same schedule.
 *
 * @param steps in their order
 */
record Schedule(List<Step> steps) {

    /** Share groups give a record to another worker after 15 s in a local stack; a stop that is longer loses its locks. */
    private static final Duration BEYOND_THE_LOCK = Duration.ofSeconds(17);

    private static final String CATALOGUE = "ingest-service";

    Schedule {
        steps = List.copyOf(steps);
    }

    /**
     * @param after how long after the step before
     */
    record Step(Duration after, Blow blow) {}

    /**
     * @param blows how many there are
     * @param services names of the services' processes
     * @param longestGap between two steps
     * @param withFullDisk whether the store's disk can be filled
     */
    record Settings(int blows, List<String> services, Duration longestGap, boolean withFullDisk) {
        Settings {
            services = List.copyOf(services);
        }
    }

    static Schedule of(long seed, Settings settings) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var steps = new ArrayList<Step>();
        for (int n = 0; n < settings.blows(); n++) {
            var after = Duration.ofMillis(random.nextLong(settings.longestGap().toMillis() + 1));
            steps.add(new Step(after, blow(random, settings)));
        }
        return new Schedule(steps);
    }

    /**
     * A rolling upgrade: the catalogue first, as it migrates the tables, then the others, one process after the other. The last one goes back
     * once, and forth again.
     *
     * @param services names of the services' processes
     * @param gap between two steps
     */
    static Schedule upgrade(List<String> services, Duration gap) {
        var steps = new ArrayList<Step>();
        Stream.concat(
                        services.stream().filter(CATALOGUE::equals),
                        services.stream().filter(service -> !service.equals(CATALOGUE)))
                .forEach(service -> steps.add(new Step(gap, new Blow.ChangeVersion(service, Version.AFTER))));
        steps.add(new Step(gap, new Blow.ChangeVersion(services.getLast(), Version.BEFORE)));
        steps.add(new Step(gap, new Blow.ChangeVersion(services.getLast(), Version.AFTER)));
        return new Schedule(steps);
    }

    private static Blow blow(RandomGenerator random, Settings settings) {
        int kind = random.nextInt(100);
        if (kind < 44) {
            return new Blow.Kill(any(random, settings.services()));
        } else if (kind < 56) {
            return new Blow.Kill("kafka");
        } else if (kind < 62) {
            return new Blow.Kill("postgresql");
        } else if (kind < 68) {
            return new Blow.KillPostmaster();
        } else if (kind < 74) {
            return new Blow.KillBackend();
        } else if (kind < 79) {
            return new Blow.CutDatabase();
        } else if (kind < 81) {
            return new Blow.KillAll();
        } else if (kind < 90) {
            return new Blow.Pause(any(random, settings.services()), BEYOND_THE_LOCK.plus(upTo(random, 5)));
        } else if (kind < 93) {
            return new Blow.Pause("kafka", Duration.ofSeconds(2).plus(upTo(random, 16)));
        } else if (kind < 96) {
            return new Blow.Pause("postgresql", Duration.ofSeconds(2).plus(upTo(random, 16)));
        }
        return settings.withFullDisk()
                ? new Blow.FillStore(Duration.ofSeconds(3).plus(upTo(random, 6)))
                : new Blow.Kill(any(random, settings.services()));
    }

    private static Duration upTo(RandomGenerator random, int seconds) {
        return Duration.ofMillis(random.nextLong(seconds * 1000L));
    }

    private static String any(RandomGenerator random, List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
