package samestep.dialect.tensorflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;

/** Graphs of 10 MB, text and binary, from the file to the recipe: reading, parsing, and following every gradient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GraphBenchmark {
    private static final int BYTES = 10_000_000;
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();

    private Path text = Path.of("");
    private Path binary = Path.of("");

    /** An operation of a generated graph. */
    private record Op(String name, String op, List<String> inputs, double number) {}

    /** Layers one behind the other, each with a kernel, its penalty, the gradients of both, and momentum. */
    private static List<Op> layer(int i) {
        String at = "network/block_" + i + "/dense/";
        String back = "gradients/" + at;
        String before = i == 0 ? "input" : "network/block_" + (i - 1) + "/dense/Relu";
        List<Op> ops = new ArrayList<>();
        ops.add(new Op(at + "kernel", "VariableV2", List.of(), 0));
        ops.add(new Op(at + "kernel/read", "Identity", List.of(at + "kernel"), 0));
        ops.add(new Op(at + "MatMul", "MatMul", List.of(before, at + "kernel/read"), 0));
        ops.add(new Op(at + "Relu", "Relu", List.of(at + "MatMul"), 0));
        ops.add(new Op(at + "Regularizer/scale", "Const", List.of(), 0.0005));
        ops.add(new Op(at + "Regularizer/L2Loss", "L2Loss", List.of(at + "kernel/read"), 0));
        ops.add(new Op(at + "Regularizer/mul", "Mul", List.of(at + "Regularizer/scale", at + "Regularizer/L2Loss"), 0));
        ops.add(new Op(back + "Regularizer/mul", "Mul", List.of(at + "Regularizer/scale", "gradients/ones"), 0));
        ops.add(new Op(back + "L2Loss", "Mul", List.of(at + "kernel/read", back + "Regularizer/mul"), 0));
        ops.add(new Op(back + "MatMul", "MatMul", List.of(before, back + "Relu"), 0));
        ops.add(new Op(back + "Relu", "ReluGrad", List.of(back + "after", at + "Relu"), 0));
        ops.add(new Op(back + "after", "MatMul", List.of("gradients/ones", at + "kernel/read"), 0));
        ops.add(new Op(back + "AddN", "AddN", List.of(back + "MatMul", back + "L2Loss"), 0));
        ops.add(new Op(at + "kernel/Momentum", "VariableV2", List.of(), 0));
        ops.add(new Op(at + "kernel/Momentum/zeros", "Const", List.of(), 0));
        ops.add(new Op(
                at + "kernel/Momentum/Assign",
                "Assign",
                List.of(at + "kernel/Momentum", at + "kernel/Momentum/zeros"),
                0));
        ops.add(new Op(
                at + "update",
                "ApplyMomentum",
                List.of(at + "kernel", at + "kernel/Momentum", "rate", back + "AddN", "momentum"),
                0));
        return ops;
    }

    private static List<Op> start() {
        return List.of(
                new Op("input", "Placeholder", List.of(), 0),
                new Op("rate", "Const", List.of(), 0.1),
                new Op("momentum", "Const", List.of(), 0.9),
                new Op("gradients/ones", "Const", List.of(), 1));
    }

    /** Writes both files. */
    @Setup
    public void generate() throws IOException {
        Path folder = Files.createTempDirectory("graphs");
        StringBuilder words = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        start().forEach(op -> words.append(text(op)));
        start().forEach(op -> bytes.writeBytes(field(1, binary(op))));
        for (int i = 0; words.length() < BYTES; i++) {
            layer(i).forEach(op -> words.append(text(op)));
        }
        for (int i = 0; bytes.size() < BYTES; i++) {
            layer(i).forEach(op -> bytes.writeBytes(field(1, binary(op))));
        }
        text = Files.writeString(folder.resolve("graph.pbtxt"), words);
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        meta.writeBytes(field(1, field(5, "1.15.0".getBytes(StandardCharsets.UTF_8))));
        meta.writeBytes(field(2, bytes.toByteArray()));
        binary = Files.write(folder.resolve("model.ckpt-1.meta"), meta.toByteArray());
    }

    private static String text(Op op) {
        StringBuilder out = new StringBuilder("node {\n  name: \"" + op.name + "\"\n  op: \"" + op.op + "\"\n");
        op.inputs.forEach(input -> out.append("  input: \"").append(input).append("\"\n"));
        out.append("  attr {\n    key: \"T\"\n    value {\n      type: DT_FLOAT\n    }\n  }\n");
        out.append("  attr {\n    key: \"_class\"\n    value {\n      list {\n        s: \"loc:@" + op.name
                + "\"\n      }\n    }\n  }\n");
        if (op.op.equals("Const")) {
            out.append(String.format(
                    Locale.ROOT,
                    "  attr {%n    key: \"value\"%n    value {%n      tensor {%n        dtype: DT_FLOAT%n"
                            + "        tensor_shape {%n        }%n        float_val: %s%n      }%n    }%n  }%n",
                    op.number));
        }
        return out.append("}\n").toString();
    }

    private static byte[] binary(Op op) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(field(1, bytes(op.name)));
        out.writeBytes(field(2, bytes(op.op)));
        op.inputs.forEach(input -> out.writeBytes(field(3, bytes(input))));
        out.writeBytes(field(5, join(field(1, bytes("T")), field(2, new byte[] {6 << 3, 1}))));
        byte[] place = field(2, field(1, field(2, bytes("loc:@" + op.name))));
        out.writeBytes(field(5, join(field(1, bytes("_class")), place)));
        if (op.op.equals("Const")) {
            int bits = Float.floatToIntBits((float) op.number);
            byte[] number = {5 << 3 | 5, (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
            byte[] tensor = join(new byte[] {1 << 3, 1}, field(2, new byte[0]), number);
            out.writeBytes(field(5, join(field(1, bytes("value")), field(2, field(8, tensor)))));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A field with a length. */
    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int length = content.length;
        while (length >= 128) {
            out.write(length & 127 | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static Outcome<Recipe> read(Path file) throws IOException {
        Outcome<Recipe> read = TENSORFLOW.read(Input.of(Dialects.text(file)));
        if (read.value().isEmpty()) {
            throw new IllegalStateException(read.findings().toString());
        }
        return read;
    }

    /** A graph.pbtxt. */
    @Benchmark
    public Outcome<Recipe> text() throws IOException {
        return read(text);
    }

    /** A .meta file. */
    @Benchmark
    public Outcome<Recipe> binary() throws IOException {
        return read(binary);
    }
}
