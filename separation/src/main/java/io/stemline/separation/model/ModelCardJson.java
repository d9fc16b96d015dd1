package io.stemline.separation.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.stream.Collectors;

/** Reads and writes {@code model.json}; what is wrong with one becomes a sentence that names the key. */
final class ModelCardJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ModelCardJson() {}

    static ModelCard read(byte[] json) {
        try {
            var card = MAPPER.readValue(json, ModelCard.class);
            if (card == null) {
                throw new ModelException("holds nothing but null");
            }
            return card;
        } catch (UnrecognizedPropertyException e) {
            throw new ModelException("unknown key '" + pathOf(e) + "'; known here: " + knownKeys(e), e);
        } catch (JsonMappingException e) {
            throw e.getCause() instanceof ModelException refusal ? refusal : misfit(e);
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new ModelException(
                    "not valid JSON at line " + place.getLineNr() + ", column " + place.getColumnNr() + " ("
                            + e.getOriginalMessage() + ")",
                    e);
        } catch (IOException e) {
            throw new ModelException("cannot be read (" + e.getMessage() + ")", e);
        }
    }

    static byte[] write(ModelCard card) {
        try {
            return MAPPER.writeValueAsBytes(card);
        } catch (JacksonException e) {
            throw new ModelException("the card of model '" + card.id() + "' cannot be written as JSON", e);
        }
    }

    private static ModelException misfit(JsonMappingException e) {
        var subject = e.getPath().isEmpty() ? "not a model card" : "'" + pathOf(e) + "' does not fit";
        return new ModelException(subject + " (" + e.getOriginalMessage() + ")", e);
    }

    private static String pathOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String knownKeys(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
}
