package samestep.dialect.caffe;

import java.util.LinkedHashMap;
import java.util.Map;
import samestep.dialect.caffe.Schema.Constant;
import samestep.dialect.caffe.Schema.Enumeration;
import samestep.dialect.caffe.Schema.Field;
import samestep.dialect.caffe.Schema.Message;
import samestep.dialect.caffe.Schema.Type;
import samestep.dialect.caffe.Schema.Use;

/** From a FileDescriptorSet to a schema. Source of the numbers: google/protobuf/descriptor.proto, proto/samestep.proto. */
final class SchemaDecoder {
    private static final int LABEL_REPEATED = 3;

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Enumeration> enums = new LinkedHashMap<>();

    private SchemaDecoder() {}

    static Schema decode(byte[] set) {
        SchemaDecoder decoder = new SchemaDecoder();
        new WireReader(set).forEach((wire, number) -> {
            if (number == 1) {
                decoder.file(wire.message());
            }
        });
        return new Schema(Map.copyOf(decoder.messages), Map.copyOf(decoder.enums));
    }

    /** The package comes before the messages: protoc writes in the order of the numbers. */
    private void file(WireReader file) {
        StringBuilder scope = new StringBuilder(".");
        file.forEach((wire, number) -> {
            switch (number) {
                case 2 -> scope.append(wire.text()).append('.');
                case 4 -> message(wire.message(), scope.toString());
                case 5 -> enumeration(wire.message(), scope.toString());
                default -> {}
            }
        });
    }

    private void message(WireReader message, String scope) {
        String[] name = {""};
        Map<String, Field> fields = new LinkedHashMap<>();
        message.forEach((wire, number) -> {
            switch (number) {
                case 1 -> name[0] = wire.text();
                case 2 -> {
                    Field field = field(wire.message());
                    fields.put(field.name(), field);
                }
                case 3 -> message(wire.message(), scope + name[0] + '.');
                case 4 -> enumeration(wire.message(), scope + name[0] + '.');
                default -> {}
            }
        });
        messages.put(scope + name[0], new Message(name[0], fields));
    }

    private static Field field(WireReader field) {
        String[] texts = {"", "", "", "", ""};
        int[] numbers = {0, 0, 0};
        field.forEach((wire, number) -> {
            switch (number) {
                case 1 -> texts[0] = wire.text();
                case 4 -> numbers[0] = wire.number();
                case 5 -> numbers[1] = wire.number();
                case 6 -> texts[1] = wire.text();
                case 7 -> texts[2] = wire.text();
                case 8 ->
                    wire.message().forEach((option, key) -> {
                        switch (key) {
                            case 50001 -> numbers[2] = option.number();
                            case 50002 -> texts[3] = option.text();
                            case 50003 -> texts[4] = option.text();
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        boolean repeated = numbers[0] == LABEL_REPEATED;
        // protoc writes 1e-8 as 1e-08.
        String byDefault = texts[2].replaceFirst("e([-+])0(\\d)$", "e$1$2");
        Use use = Use.values()[numbers[2]];
        return new Field(texts[0], type(numbers[1]), texts[1], repeated, byDefault, use, texts[3], texts[4]);
    }

    private static Type type(int number) {
        return switch (number) {
            case 1 -> Type.DOUBLE;
            case 2 -> Type.FLOAT;
            case 3 -> Type.INT64;
            case 5 -> Type.INT32;
            case 8 -> Type.BOOL;
            case 9 -> Type.STRING;
            case 11 -> Type.MESSAGE;
            case 12 -> Type.BYTES;
            case 13 -> Type.UINT32;
            case 14 -> Type.ENUM;
            default -> throw new IllegalStateException("proto/caffe.proto uses no type " + number);
        };
    }

    private void enumeration(WireReader enumeration, String scope) {
        String[] name = {""};
        Map<String, Constant> constants = new LinkedHashMap<>();
        enumeration.forEach((wire, number) -> {
            if (number == 1) {
                name[0] = wire.text();
            } else if (number == 2) {
                Constant constant = constant(wire.message());
                constants.put(constant.name(), constant);
            }
        });
        enums.put(scope + name[0], new Enumeration(constants));
    }

    private static Constant constant(WireReader constant) {
        String[] texts = {"", "", ""};
        int[] value = {0};
        constant.forEach((wire, number) -> {
            switch (number) {
                case 1 -> texts[0] = wire.text();
                case 2 -> value[0] = wire.number();
                case 3 ->
                    wire.message().forEach((option, key) -> {
                        if (key == 50001 || key == 50002) {
                            texts[key - 50000] = option.text();
                        }
                    });
                default -> {}
            }
        });
        return new Constant(texts[0], value[0], texts[1], texts[2]);
    }
}
