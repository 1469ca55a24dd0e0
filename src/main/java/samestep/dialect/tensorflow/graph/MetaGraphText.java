package samestep.dialect.tensorflow.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import samestep.dialect.tensorflow.graph.BinarySchema.Field;
import samestep.dialect.tensorflow.graph.BinarySchema.Kind;
import samestep.syntax.wire.WireFormatException;
import samestep.syntax.wire.WireReader;

/**
 * A binary MetaGraphDef in protobuf's text format: what decides training is in it, and findings have a line to point at.
 * Values of large tensors become a digest.
 */
final class MetaGraphText {
    /** Most bytes of a tensor, and most numbers, that are written: a schedule's boundaries and a shape are far shorter. */
    private static final int MOST_BYTES = 1_024;

    private static final int MOST_NUMBERS = 64;
    private static final int MAX_DEPTH = 30;

    private final StringBuilder out = new StringBuilder();

    private MetaGraphText() {}

    /**
     * The text of a {@code .meta} file.
     *
     * @throws WireFormatException when the bytes are not a MetaGraphDef
     */
    static String of(byte[] bytes) {
        MetaGraphText text = new MetaGraphText();
        text.message(new WireReader(bytes), BinarySchema.META_GRAPH, 0);
        return text.out.toString();
    }

    private void message(WireReader reader, String name, int depth) {
        if (depth > MAX_DEPTH) {
            throw new WireFormatException("messages nest deeper than " + MAX_DEPTH);
        }
        Map<Integer, Field> fields = BinarySchema.fields(name);
        reader.forEach((wire, number) -> {
            Field field = fields.get(number);
            if (field != null) {
                field(wire, field, depth);
            }
        });
    }

    private void field(WireReader wire, Field field, int depth) {
        switch (field.kind()) {
            case MESSAGE -> {
                if (field.name().equals("attr") && !BinarySchema.isWritten(key(wire.message()))) {
                    return;
                }
                line(depth, field.name(), " {");
                message(wire.message(), field.message(), depth + 1);
                line(depth, "}", "");
            }
            case TEXT -> text(wire, field.name(), depth);
            default -> numbers(wire, field, depth);
        }
    }

    private static String key(WireReader entry) {
        String[] key = {""};
        entry.forEach((wire, number) -> {
            if (number == 1 && wire.hasLength()) {
                key[0] = wire.text();
            }
        });
        return key[0];
    }

    private void text(WireReader wire, String name, int depth) {
        if (!wire.hasLength()) {
            throw new WireFormatException("found a number where the text " + name + " is expected");
        }
        if (wire.length() > MOST_BYTES && name.equals("tensor_content")) {
            line(depth, name + "_digest", ": \"" + AttributeText.ofBytes(wire.bytes()) + "\"");
            return;
        }
        indent(depth);
        out.append(name).append(": \"");
        for (byte next : wire.bytes()) {
            escaped(next);
        }
        out.append("\"\n");
    }

    private void escaped(byte next) {
        if (next == '"' || next == '\\') {
            out.append('\\').append((char) next);
        } else if (next >= ' ' && next < 0x7f) {
            out.append((char) next);
        } else {
            int value = next & 0xff;
            out.append('\\').append(value >> 6).append(value >> 3 & 7).append(value & 7);
        }
    }

    private void numbers(WireReader wire, Field field, int depth) {
        if (!wire.hasLength()) {
            line(depth, field.name(), ": " + word(wire.longNumber(), field.kind()));
            return;
        }
        long[] numbers = switch (field.kind()) {
            case FLOAT -> wire.packedFixed(Float.BYTES);
            case DOUBLE -> wire.packedFixed(Double.BYTES);
            default -> wire.packedVarints();
        };
        if (numbers.length > MOST_NUMBERS) {
            List<String> words =
                    Arrays.stream(numbers).mapToObj(n -> word(n, field.kind())).toList();
            line(depth, field.name() + "_digest", ": \"" + AttributeText.ofNumbers(words) + "\"");
            return;
        }
        for (long number : numbers) {
            line(depth, field.name(), ": " + word(number, field.kind()));
        }
    }

    private static String word(long bits, Kind kind) {
        return switch (kind) {
            case FLOAT ->
                AttributeText.floating(
                        Float.intBitsToFloat((int) bits), Float.toString(Float.intBitsToFloat((int) bits)));
            case DOUBLE ->
                AttributeText.floating(Double.longBitsToDouble(bits), Double.toString(Double.longBitsToDouble(bits)));
            case FLAG -> bits == 0 ? "false" : "true";
            case TYPE -> DataType.name((int) bits);
            default -> Long.toString(bits);
        };
    }

    private void line(int depth, String first, String rest) {
        indent(depth);
        out.append(first).append(rest).append('\n');
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }
}
