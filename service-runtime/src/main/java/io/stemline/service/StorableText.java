package io.stemline.service;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.sql.Types;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;

/**
 * Text of others is stored whatever is in it. PostgreSQL's text holds every character but U+0000, which would fail whatever it comes with;
 * U+FFFD, the sign for what cannot be shown, stands for it.
 */
final class StorableText implements JdbiPlugin {
    @Override
    public void customizeJdbi(Jdbi jdbi) {
        jdbi.registerArgument(new TextArgument());
        jdbi.registerArrayType(String.class, "text", StorableText::of);
    }

    private static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The same for the texts in a JSON column. */
    static final class InJson extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final SerializedString INSTEAD = new SerializedString("\uFFFD");

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0] = ESCAPE_CUSTOM;
            return codes;
        }

        /** Jackson asks for every character beyond ASCII, too; those stay as they are. */
        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == 0 ? INSTEAD : null;
        }
    }

    private static final class TextArgument extends AbstractArgumentFactory<String> {
        private TextArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, of(value));
        }
    }
}
