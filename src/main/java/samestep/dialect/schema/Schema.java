package samestep.dialect.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import samestep.dialect.Resources;
import samestep.syntax.prototxt.PrototxtScalar;

/** The messages and enums of one of the files in {@code proto}, from the descriptor set that protoc makes in the build. */
public final class Schema {
    private static final long LARGEST_UINT32 = 0xffff_ffffL;

    private final SchemaDecoder decoder;
    private final String scope;
    private final Map<String, Message> messages = new ConcurrentHashMap<>();
    private final Map<String, Enumeration> enums = new ConcurrentHashMap<>();

    private Schema(SchemaDecoder decoder, String scope) {
        this.decoder = decoder;
        this.scope = scope;
    }

    /**
     * A schema.
     *
     * @param protoPackage the package of the file in {@code proto}, such as {@code caffe}
     */
    public static Schema of(String protoPackage) {
        return new Schema(Holder.DECODER, "." + protoPackage + ".");
    }

    /** What a value may be. */
    public enum Type {
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

        /** Whether its values are whole numbers, which are kept exactly. */
        public boolean isWhole() {
            return this == INT32 || this == INT64 || this == UINT32;
        }
    }

    /** What a field of a solver is for. */
    public enum Use {
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
     * @param type what its value may be
     * @param typeName the full name of its message or enum; empty for others
     * @param repeated whether it may be given several times
     * @param byDefault what is taken when it is not given; empty when the schema does not say
     * @param use for a solver's field, what it is for
     * @param fork which forks have it; empty for a field of BVLC Caffe
     * @param meaning what a fork's field does; empty where nothing needs saying
     * @param choice which group of fields it is one of, of which only one may be given; empty for others
     */
    public record Field(
            String name,
            Type type,
            String typeName,
            boolean repeated,
            String byDefault,
            Use use,
            String fork,
            String meaning,
            String choice) {}

    /**
     * A message.
     *
     * @param name without the package
     * @param fields by name
     */
    public record Message(String name, Map<String, Field> fields) {
        /** Copies the fields. */
        public Message {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** The names of the fields. */
        public Collection<String> names() {
            return fields.keySet();
        }

        /** The field of that name. */
        public Optional<Field> field(String word) {
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
    public record Constant(String name, int number, String modern, String oldest) {}

    /**
     * An enum.
     *
     * @param constants by name
     */
    public record Enumeration(Map<String, Constant> constants) {
        /** Copies the constants. */
        public Enumeration {
            constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        }

        /** The value that is written so, by name or by number. */
        public Optional<Constant> find(String written) {
            return constants.values().stream()
                    .filter(c -> c.name().equals(written)
                            || Integer.toString(c.number()).equals(written))
                    .findFirst();
        }
    }

    /** Read once for all schemas; what is not asked for is not decoded. */
    private static final class Holder {
        static final SchemaDecoder DECODER = new SchemaDecoder(Resources.bytes("schema.desc"));
    }

    /** Whether there is a message of that name without the package. */
    public boolean has(String name) {
        return decoder.has(scope + name);
    }

    /** A message of that name without the package. */
    public Message message(String name) {
        return messages.computeIfAbsent(scope + name, decoder::message);
    }

    /** The message of a field. */
    public Message messageOf(Field field) {
        return messages.computeIfAbsent(field.typeName(), decoder::message);
    }

    /** The enum of a field. */
    public Enumeration enumOf(Field field) {
        return enums.computeIfAbsent(field.typeName(), decoder::enumeration);
    }

    /** An enum of that name without the package. */
    public Enumeration enumeration(String name) {
        return enums.computeIfAbsent(scope + name, decoder::enumeration);
    }

    /** Whether a number or word may be the value of a field; texts are taken without quotes too. */
    public boolean admits(Field field, PrototxtScalar scalar) {
        OptionalLong whole = scalar.integer();
        return switch (field.type()) {
            case FLOAT, DOUBLE -> scalar.doubleValue().isPresent();
            case INT32 -> whole.isPresent() && whole.getAsLong() == (int) whole.getAsLong();
            case INT64 -> whole.isPresent();
            case UINT32 -> whole.isPresent() && whole.getAsLong() >= 0 && whole.getAsLong() <= LARGEST_UINT32;
            case BOOL -> scalar.bool().isPresent();
            case ENUM ->
                scalar.kind() != PrototxtScalar.Kind.STRING
                        && enumOf(field).find(written(scalar)).isPresent();
            case STRING, BYTES -> true;
            case MESSAGE -> false;
        };
    }

    /** An enum's number may be hexadecimal or octal. */
    private static String written(PrototxtScalar scalar) {
        return scalar.integer().isPresent() ? Long.toString(scalar.integer().getAsLong()) : scalar.value();
    }

    /** What a field expects, in words. */
    public String expected(Field field) {
        return switch (field.type()) {
            case FLOAT, DOUBLE -> "expected a number";
            case INT32 -> "expected a whole number of 32 bits";
            case INT64 -> "expected a whole number of 64 bits";
            case UINT32 -> "expected a whole number of 32 bits, not negative";
            case BOOL -> "expected true or false";
            case STRING, BYTES -> "expected a word";
            case ENUM ->
                "expected one of " + String.join(", ", enumOf(field).constants().keySet());
            case MESSAGE -> "expected a message in braces";
        };
    }
}
