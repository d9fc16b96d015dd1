package io.stemline.ingest.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stemline.ingest.problems.ProblemException;
import java.util.Locale;

/** What a caller may do. Each role may do what those before it may. */
public enum Role {
    /** Reads and listens. */
    VIEWER,
    /** Submits, tries again, gives references, trains and promotes. */
    OPERATOR,
    /** Makes and revokes keys. */
    ADMIN;

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The name in lower case. */
    @JsonValue
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Role spelled(String spelling) {
        for (Role role : values()) {
            if (role.spelling().equals(spelling)) {
                return role;
            }
        }
        throw ProblemException.malformed("'%s' is no role; there are viewer, operator and admin".formatted(spelling));
    }
}
