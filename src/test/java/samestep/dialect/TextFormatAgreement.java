package samestep.dialect;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.schema.Schema;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/** Protobuf's own reading of a file beside ours, value by value. */
public final class TextFormatAgreement {
    private final FileDescriptor file;
    private final Schema schema;
    private final boolean more;

    private TextFormatAgreement(FileDescriptor file, Schema schema, boolean more) {
        this.file = file;
        this.schema = schema;
        this.more = more;
    }

    /**
     * Protobuf with one of our schemas.
     *
     * @param name the file's, without its ending
     * @param more whether files may have fields that the schema does not have
     */
    public static TextFormatAgreement load(String name, Schema schema, boolean more) throws IOException {
        try (InputStream stream = Schema.class.getResourceAsStream("/samestep/dialect/schema.desc")) {
            Map<String, FileDescriptor> built = new LinkedHashMap<>();
            FileDescriptorSet set = FileDescriptorSet.parseFrom(stream);
            return new TextFormatAgreement(build(name + ".proto", set, built), schema, more);
        }
    }

    private static FileDescriptor build(String name, FileDescriptorSet set, Map<String, FileDescriptor> built) {
        Optional<FileDescriptorProto> proto =
                set.getFileList().stream().filter(f -> f.getName().equals(name)).findFirst();
        if (proto.isEmpty()) {
            return DescriptorProtos.getDescriptor();
        }
        FileDescriptor[] imports = proto.get().getDependencyList().stream()
                .map(dependency -> build(dependency, set, built))
                .toArray(FileDescriptor[]::new);
        try {
            return FileDescriptor.buildFrom(proto.get(), imports);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What protobuf reads; empty where it refuses the text. */
    public Optional<DynamicMessage> parse(String text, String type) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(file.findMessageTypeByName(type));
        try {
            TextFormat.Parser.newBuilder()
                    .setAllowUnknownFields(more)
                    .setSingularOverwritePolicy(TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
                    .build()
                    .merge(text, builder);
            return Optional.of(builder.build());
        } catch (TextFormat.ParseException e) {
            return Optional.empty();
        }
    }

    /** The first field in which the readings differ, with both values; empty when they are equal. */
    public Optional<String> difference(Message theirs, PrototxtMessage ours, Schema.Message type) {
        int counted = 0;
        for (Map.Entry<FieldDescriptor, Object> entry : theirs.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            List<?> values = field.isRepeated() ? (List<?>) entry.getValue() : List.of(entry.getValue());
            List<PrototxtField> own = ours.fields(field.getName());
            Optional<Schema.Field> known = type.field(field.getName());
            counted += own.size();
            if (own.size() != values.size() || known.isEmpty()) {
                return Optional.of(field.getFullName() + ": " + values.size() + " values, ours " + own.size());
            }
            for (int i = 0; i < values.size(); i++) {
                Optional<String> difference = value(field, values.get(i), own.get(i), known.get());
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        long known = ours.fields().stream()
                .filter(f -> !more || type.field(f.name()).isPresent())
                .count();
        return counted == known
                ? Optional.empty()
                : Optional.of(type.name() + ": we read fields that protobuf has not");
    }

    private Optional<String> value(FieldDescriptor field, Object theirs, PrototxtField own, Schema.Field type) {
        if (theirs instanceof Message inner) {
            return own.value() instanceof PrototxtMessage message
                    ? difference(inner, message, schema.messageOf(type))
                    : Optional.of(field.getFullName() + " is no message of ours");
        }
        Object ours = own.value() instanceof PrototxtScalar scalar ? read(scalar, type) : "a message";
        Object shown = theirs instanceof EnumValueDescriptor value ? value.getNumber() : theirs;
        return shown.equals(ours)
                ? Optional.empty()
                : Optional.of(field.getFullName() + ": " + shown + ", ours " + ours);
    }

    /** Our value in the Java type that protobuf uses. */
    private Object read(PrototxtScalar scalar, Schema.Field type) {
        return switch (type.type()) {
            case FLOAT -> single(scalar);
            case DOUBLE -> scalar.doubleValue().orElseThrow();
            case INT32, UINT32 -> (int) scalar.integer().orElseThrow();
            case INT64 -> scalar.integer().orElseThrow();
            case BOOL -> scalar.bool().orElseThrow();
            case STRING -> scalar.kind() == PrototxtScalar.Kind.STRING ? scalar.value() : "not quoted";
            case ENUM -> schema.enumOf(type).find(scalar.value()).orElseThrow().number();
            case BYTES, MESSAGE -> "not in these files";
        };
    }

    private static float single(PrototxtScalar scalar) {
        float rounded = (float) scalar.doubleValue().orElseThrow();
        // From the decimal, because the double would round twice; but only the double knows the sign of zero.
        return scalar.decimal().isPresent()
                ? Math.copySign(scalar.decimal().get().floatValue(), rounded)
                : rounded;
    }

    /** Names, numbers and defaults of all messages, for the comparison with our own decoding. */
    public List<Descriptor> messages() {
        List<Descriptor> all = new ArrayList<>();
        for (Descriptor message : file.getMessageTypes()) {
            all.add(message);
            all.addAll(message.getNestedTypes());
        }
        return all;
    }
}
