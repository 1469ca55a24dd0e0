package samestep.compare;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** How long the proof takes that a Caffe solver and the Keras configuration written for it are the same training. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ComparerBenchmark {
    private static final SourceText NET = new SourceText("net.prototxt", """
            layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
            layer { name: "ip2" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
            """);

    /** Type and fields of the solver. */
    @Param({"SGD", "Adam", "AdaDelta"})
    public String type = "";

    private Recipe source;
    private Recipe target;

    /** Writes the Keras configuration, without comparing anything. */
    @Setup(Level.Trial)
    public void translate() {
        String fields = switch (type) {
            case "Adam" -> "momentum: 0.9 momentum2: 0.999 delta: 1e-8";
            case "AdaDelta" -> "momentum: 0.95 delta: 1e-6";
            default -> "momentum: 0.9";
        };
        String solver = "type: \"%s\" %s base_lr: 0.01 lr_policy: \"fixed\" weight_decay: 0.0005 max_iter: 1000";
        Dialect caffe = Dialects.named("caffe").orElseThrow();
        Dialect keras = Dialects.named("keras").orElseThrow();
        SourceText text = new SourceText("solver.prototxt", solver.formatted(type, fields));
        source = caffe.read(Input.of(text, NET)).value().orElseThrow();
        String json = keras.write(source).get(0).texts().getOrDefault("json", "");
        target = keras.read(Input.of(new SourceText("port.json", json))).value().orElseThrow();
    }

    /** In a virtual machine that has compared nothing yet, as on the command line. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(5)
    public Comparison cold() {
        return Comparer.compare(source, target);
    }

    /** In one that has compared for a while. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    @Fork(1)
    public Comparison warm() {
        return Comparer.compare(source, target);
    }
}
