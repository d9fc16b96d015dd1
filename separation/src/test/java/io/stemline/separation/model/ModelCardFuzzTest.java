package io.stemline.separation.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ModelCardFuzzTest {

    @FuzzTest
    void whatIsReadIsACardOrRefusedWithASentence(byte[] json) {
        try {
            ModelCard card = ModelCardJson.read(json);
            assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
        } catch (ModelException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
