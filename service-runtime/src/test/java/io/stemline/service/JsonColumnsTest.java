package io.stemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonColumnsTest {
    private final ObjectMapper json = new ObjectMapper();
    private final JsonColumns columns = new JsonColumns(json);

    @Test
    void whatIsWrittenReadsTheSame() throws JsonProcessingException {
        // Given
        var texts = List.of("שיר 🎵", "Ä\u0085\u2028\uFFFF", "a\tb\u0001\u001f\"\\", "\\u0000", "");

        // When
        String written = columns.write(texts);

        // Then
        assertThat(json.readValue(written, List.class)).isEqualTo(texts);
    }

    @Test
    void theCharacterThatNoColumnHoldsHasASignInstead() throws JsonProcessingException {
        // Given, When
        String written = columns.write(Map.of("a\0b", "\0 שיר \0"));

        // Then
        assertThat(written).doesNotContain("\\u0000");
        assertThat(json.readValue(written, Map.class)).isEqualTo(Map.of("a\uFFFDb", "\uFFFD שיר \uFFFD"));
    }
}
