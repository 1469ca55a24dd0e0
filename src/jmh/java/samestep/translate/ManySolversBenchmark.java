package samestep.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.text.SourceText;

/** Solvers a second in one process: many files, few distinct settings, as in a folder of experiments. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ManySolversBenchmark {
    private static final int FILES = 1000;

    private final List<Input> inputs = new ArrayList<>();
    private final Translator translator = new Translator(
            Dialects.named("caffe").orElseThrow(), Dialects.named("keras").orElseThrow());

    /** Rates differ from file to file; momentum and decay have four settings. */
    @Setup
    public void generate() {
        SourceText net = new SourceText(
                "net.prototxt", "layer { name: \"ip\" type: \"InnerProduct\" param {} param { decay_mult: 0 } }");
        for (int i = 0; i < FILES; i++) {
            String solver = "type: \"SGD\" base_lr: 0.0%d lr_policy: \"fixed\" momentum: 0.%d weight_decay: 0.000%d"
                    .formatted(1 + i, 8 + i % 2, 4 + i / 2 % 2);
            inputs.add(Input.of(new SourceText("solver" + i + ".prototxt", solver), net));
        }
    }

    /** All of them. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    @Fork(1)
    public void translate(Blackhole sink) {
        inputs.forEach(input -> sink.consume(translator.translate(input)));
    }
}
