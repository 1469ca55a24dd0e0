package samestep.dialect.caffe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The messages and enums of {@code proto/caffe.proto}, from the descriptor set that protoc makes of it in the build. */
final class Schema {
    private static final String RESOURCE = "schema.desc";
    private static final String PACKAGE = ".caffe.";

    private final SchemaDecoder decoder;
    private final Map<String, Message> messages = new ConcurrentHashMap<>();
    private final Map<String, Enumeration> enums = new ConcurrentHashMap<>();

    private Schema(SchemaDecoder decoder) {
        this.decoder = decoder;
    }

    /** What may stand as a value. */
    enum Type {
        FLOAT,
        DOUBLE,
        INT32,
        INT64,
        UINT32,
        BOOL,
        STRING,
        BYTES,
        ENUM,
        MESSAGE;

        /** Whether its values are whole numbers, which Caffe keeps exactly. */
        boolean isWhole() {
            return this == INT32 || this == INT64 || this == UINT32;
        }
    }

    /** What a field of a solver is for. */
    enum Use {
        /** Decides the steps that the weights take. */
        TRAINING,
        /** Says which net is trained. */
        NET,
        /** Display, testing, snapshots, the device: no weight depends on it. */
        BESIDE
    }

    /**
     * A field.
     *
     * @param name as written
     * @param type what may stand as its value
     * @param typeName the full name of its message or enum; empty for others
     * @param repeated whether it may stand several times
     * @param byDefault what is taken when it is not given; empty when the schema does not say
     * @param use for a solver's field, what it is for
     * @param fork which forks have it; empty for a field of BVLC Caffe
     * @param meaning what a fork's field does; empty where nothing needs saying
     */
    record Field(
            String name,
            Type type,
            String typeName,
            boolean repeated,
            String byDefault,
            Use use,
            String fork,
            String meaning) {}

    /**
     * A message.
     *
     * @param name without the package
     * @param fields by name
     */
    record Message(String name, Map<String, Field> fields) {
        Message {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** The names of the fields. */
        Collection<String> names() {
            return fields.keySet();
        }

        /** The field of that name. */
        Optional<Field> field(String word) {
            return Optional.ofNullable(fields.get(word));
        }
    }

    /**
     * An enum's value.
     *
     * @param name as written
     * @param number as written instead
     * @param modern for a V1 layer type, the name of today; empty for others
     * @param oldest for a V1 layer type, the name in a V0 net; empty where it has none
     */
    record Constant(String name, int number, String modern, String oldest) {}

    /**
     * An enum.
     *
     * @param constants by name
     */
    record Enumeration(Map<String, Constant> constants) {
        Enumeration {
            constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        }

        /** The value that is written so, by name or by number. */
        Optional<Constant> find(String written) {
            return constants.values().stream()
                    .filter(c -> c.name().equals(written)
                            || Integer.toString(c.number()).equals(written))
                    .findFirst();
        }
    }

    /** Caffe's schema, read once. */
    static Schema caffe() {
        return Holder.SCHEMA;
    }

    private static final class Holder {
        static final Schema SCHEMA = load();
    }

    private static Schema load() {
        try (InputStream stream = Objects.requireNonNull(Schema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new Schema(new SchemaDecoder(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message of that name without the package. */
    Message message(String name) {
        return messages.computeIfAbsent(PACKAGE + name, decoder::message);
    }

    /** The message of a field. */
    Message messageOf(Field field) {
        return messages.computeIfAbsent(field.typeName(), decoder::message);
    }

    /** The enum of a field. */
    Enumeration enumOf(Field field) {
        return enums.computeIfAbsent(field.typeName(), decoder::enumeration);
    }

    /** An enum of that name without the package. */
    Enumeration enumeration(String name) {
        return enums.computeIfAbsent(PACKAGE + name, decoder::enumeration);
    }
}
