package samestep.dialect.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import samestep.dialect.schema.Schema.Constant;
import samestep.dialect.schema.Schema.Enumeration;
import samestep.dialect.schema.Schema.Field;
import samestep.dialect.schema.Schema.Message;
import samestep.dialect.schema.Schema.Type;
import samestep.dialect.schema.Schema.Use;
import samestep.syntax.wire.WireReader;

/** From a FileDescriptorSet to a schema. Source of the numbers: google/protobuf/descriptor.proto, proto/samestep.proto. */
final class SchemaDecoder {
    private static final int LABEL_REPEATED = 3;

    private final Map<String, WireReader> messages = new HashMap<>();
    private final Map<String, WireReader> enums = new HashMap<>();

    /** Finds out what is where; nothing is decoded before it is asked for, as most messages never are. */
    SchemaDecoder(byte[] set) {
        new WireReader(set).forEach((wire, number) -> {
            if (number == 1) {
                file(wire.message());
            }
        });
    }

    /** The package comes before the messages: protoc writes in the order of the numbers. */
    private void file(WireReader file) {
        StringBuilder scope = new StringBuilder(".");
        file.forEach((wire, number) -> {
            switch (number) {
                case 2 -> scope.append(wire.text()).append('.');
                case 4 -> find(wire.message(), scope.toString());
                case 5 -> findEnum(wire.message(), scope.toString());
                default -> {}
            }
        });
    }

    private void find(WireReader message, String scope) {
        String[] name = {""};
        message.forEach((wire, number) -> {
            switch (number) {
                case 1 -> name[0] = wire.text();
                case 3 -> find(wire.message(), scope + name[0] + '.');
                case 4 -> findEnum(wire.message(), scope + name[0] + '.');
                default -> {}
            }
        });
        messages.put(scope + name[0], message);
    }

    private void findEnum(WireReader enumeration, String scope) {
        enumeration.forEach((wire, number) -> {
            if (number == 1) {
                enums.put(scope + wire.text(), enumeration);
            }
        });
    }

    /** Whether there is a message of a full name. */
    boolean has(String fullName) {
        return messages.containsKey(fullName);
    }

    /** A message by its full name, with the dot before the package. */
    Message message(String fullName) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Objects.requireNonNull(messages.get(fullName), fullName).forEach((wire, number) -> {
            if (number == 2) {
                Field field = field(wire.message());
                fields.put(field.name(), field);
            }
        });
        return new Message(fullName.substring(fullName.lastIndexOf('.') + 1), fields);
    }

    private static Field field(WireReader field) {
        String[] texts = {"", "", "", "", "", ""};
        int[] numbers = {0, 0, 0};
        field.forEach((wire, number) -> {
            switch (number) {
                case 1 -> texts[0] = wire.text();
                case 4 -> numbers[0] = wire.number();
                case 5 -> numbers[1] = wire.number();
                case 6 -> texts[1] = wire.text();
                case 7 -> texts[2] = wire.text();
                case 9 -> texts[5] = "oneof " + wire.number();
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
        String byDefault = withoutLeadingZero(texts[2]);
        Use use = Use.values()[numbers[2]];
        return new Field(texts[0], type(numbers[1]), texts[1], repeated, byDefault, use, texts[3], texts[4], texts[5]);
    }

    /** protoc writes 1e-8 as 1e-08. */
    private static String withoutLeadingZero(String number) {
        int zero = number.length() - 2;
        boolean has = zero > 1 && number.charAt(zero) == '0' && number.charAt(zero - 2) == 'e';
        return has ? number.substring(0, zero) + number.substring(zero + 1) : number;
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
            default -> throw new IllegalStateException("the schemas use no type " + number);
        };
    }

    /** An enum by its full name. */
    Enumeration enumeration(String fullName) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        Objects.requireNonNull(enums.get(fullName), fullName).forEach((wire, number) -> {
            if (number == 2) {
                Constant constant = constant(wire.message());
                constants.put(constant.name(), constant);
            }
        });
        return new Enumeration(constants);
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
