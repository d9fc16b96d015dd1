package io.stemline.evaluator.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stemline.evaluator.policies.Policy.Drop;
import io.stemline.evaluator.policies.Policy.FailingChecks;
import io.stemline.evaluator.policies.Policy.Figure;
import io.stemline.evaluator.policies.Policy.Floor;
import io.stemline.evaluator.policies.Policy.NewReferences;
import io.stemline.evaluator.policies.Policy.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

    @Test
    void severalPoliciesAreReadInTheOrderOfTheirNames() {
        // When
        List<Policy> policies = policies(Map.ofEntries(
                Map.entry("stemline.policies.a.kind", "new-references"),
                Map.entry("stemline.policies.a.tracks", "20"),
                Map.entry("stemline.policies.b.kind", "floor"),
                Map.entry("stemline.policies.b.tracks", "50"),
                Map.entry("stemline.policies.b.floor-db", "-4.5"),
                Map.entry("stemline.policies.b.stem", "vocals"),
                Map.entry("stemline.policies.c.kind", "drop"),
                Map.entry("stemline.policies.c.tracks", "30"),
                Map.entry("stemline.policies.c.drop-db", "1"),
                Map.entry("stemline.policies.c.metric", "SDR"),
                Map.entry("stemline.policies.d.kind", "failing-checks"),
                Map.entry("stemline.policies.d.tracks", "100"),
                Map.entry("stemline.policies.d.share", "0.1"),
                Map.entry("stemline.policies.e.kind", "schedule"),
                Map.entry("stemline.policies.e.days", "30"),
                Map.entry("stemline.policies.f.kind", "never"),
                Map.entry("stemline.policies.f.tracks", "20")));

        // Then
        assertThat(policies)
                .containsExactly(
                        new NewReferences("a", 20),
                        new Floor("b", new Figure("SI-SDR", Optional.of("vocals")), 50, -4.5),
                        new Drop("c", new Figure("SDR", Optional.empty()), 30, 1),
                        new FailingChecks("d", 100, 0.1),
                        new Schedule("e", Duration.ofDays(30)));
    }

    @Test
    void withoutConfigurationThereAreNone() {
        assertThat(policies(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    x | kind=often | stemline.policies.x.kind: 'often' is not one of [drop, failing-checks, floor,
                    x | kind=floor;floor-db=1 | stemline.policies.x.tracks: is missing, and a policy of this kind needs it
                    x | kind=floor;tracks=5 | stemline.policies.x.floor-db: is missing
                    x | kind=floor;tracks=5;floor-db=NaN | stemline.policies.x.floor-db: is NaN, and must be a number
                    x | kind=new-references;tracks=0 | stemline.policies.x.tracks: is 0, and must be 1 or more
                    x | kind=new-references;tracks=5;share=0.5 | stemline.policies.x.share: a policy of kind new-references has no such setting
                    x | kind=failing-checks;tracks=5;share=1.5 | stemline.policies.x.share: is 1.5, and must be 0 or more and less than 1
                    x | kind=drop;tracks=5;drop-db=-1 | stemline.policies.x.drop-db: is -1.0, and must be 0 or more
                    x | kind=schedule;days=-3 | stemline.policies.x.days: is -3, and must be 1 or more
                    person | kind=schedule;days=3 | stemline.policies.person.kind: a policy cannot be called 'person'
                    """)
    void whatMakesNoSenseIsRefusedByItsKey(String name, String settings, String sentence) {
        // Given
        var properties = new java.util.TreeMap<String, String>();
        for (String setting : settings.split(";")) {
            String[] keyAndValue = setting.split("=");
            properties.put("stemline.policies.%s.%s".formatted(name, keyAndValue[0]), keyAndValue[1]);
        }

        // When, Then
        assertThatThrownBy(() -> policies(properties)).hasMessageStartingWith(sentence);
    }

    private static List<Policy> policies(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(PolicyConfig.class)
                .build();
        return Policies.of(config.getConfigMapping(PolicyConfig.class));
    }
}
