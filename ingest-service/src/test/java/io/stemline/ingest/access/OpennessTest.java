package io.stemline.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.service.AccessConfig;
import io.stemline.service.ListenAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpennessTest {
    /** Settings as a test has them. */
    record Settings(Optional<String> adminKey, Optional<Boolean> open) implements AccessConfig, AccessConfig.Security {
        @Override
        public AccessConfig.Security security() {
            return this;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // address, admin's key, stemline.security.open; open to all, open to this machine alone
        "127.0.0.1,,,true,true",
        "127.8.9.1,,,true,true",
        "localhost,,,true,true",
        "::1,,,true,true",
        "127.0.0.1,key,,false,false",
        "127.0.0.1,,false,false,false",
        "127.0.0.1,key,true,true,true",
        "0.0.0.0,,,false,false",
        "::,,,false,false",
        "192.0.2.7,,,false,false",
        "no-such-host.invalid,,,false,false",
        "0.0.0.0,key,,false,false",
        "0.0.0.0,,true,true,false",
        "0.0.0.0,key,false,false,false",
    })
    void theSettingsSayWhetherKeysAreNeededAndElseTheAddressDoes(
            String address, String adminKey, Boolean open, boolean toAll, boolean toThisMachineAlone) {
        // When
        var openness = new Openness(
                new Settings(Optional.ofNullable(adminKey), Optional.ofNullable(open)), new ListenAddress(address));

        // Then
        assertThat(openness.toAll()).isEqualTo(toAll);
        assertThat(openness.toThisMachineAlone()).isEqualTo(toThisMachineAlone);
    }
}
