package io.stemline.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class EventCodecFuzzTest {

    @FuzzTest
    void whatComesInIsAnEventOrRefusedByName(byte[] json) {
        for (EventType type : EventType.values()) {
            try {
                Event event = EventCodec.fromJson(type, json, "event 7");
                assertThat(EventCodec.fromJson(type, EventCodec.toJson(event), "again"))
                        .isEqualTo(event);
            } catch (UnreadableEventException e) {
                assertThat(e).hasMessageStartingWith("event 7: ");
            }
        }
    }
}
