import java.lang.management.ManagementFactory;
import java.util.Locale;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/**
 * The CPU time of the first comparison of a process, after a Caffe solver was read and the Keras configuration for it was written
 * and read, as in a translation; and of the second, third and fourth. Compiled, and put after the program's jar, so that its archive is
 * used:
 *
 * <pre>
 * jar=$(ls target/launcher/samestep-*.current | sed 's/current$/jar/')
 * javac -cp $jar -d target/cold src/jmh/start/ColdProof.java && jar -cf target/cold.jar -C target/cold .
 * java -Xlog:disable -XX:SharedArchiveFile=${jar%.jar}.jsa -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
 *     -cp $jar:target/cold.jar ColdProof Adam
 * </pre>
 */
final class ColdProof {
    private static final int TIMES = 4;

    public static void main(String[] arguments) {
        String type = arguments.length == 0 ? "SGD" : arguments[0];
        SourceText net = new SourceText("net.prototxt", """
                layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
                layer { name: "ip2" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
                """);
        SourceText solver = new SourceText(
                "solver.prototxt",
                "type: \"" + type + "\" momentum: 0.9 " + (type.equals("Adam") ? "momentum2: 0.999 delta: 1e-8" : "")
                        + " base_lr: 0.01 lr_policy: \"fixed\" weight_decay: 0.0005 max_iter: 1000");
        Dialect keras = Dialects.named("keras").orElseThrow();
        Recipe source = Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(solver, net))
                .value()
                .orElseThrow();
        String json = keras.write(source).get(0).texts().getOrDefault("json", "");
        Recipe target =
                keras.read(Input.of(new SourceText("port.json", json))).value().orElseThrow();
        StringBuilder line = new StringBuilder(type);
        for (int i = 0; i < TIMES; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Comparison comparison = Comparer.compare(source, target);
            long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            line.append(String.format(Locale.ROOT, " %.1f", (end - start) / 1e6));
            if (!comparison.isProven()) {
                throw new IllegalStateException("not proven");
            }
        }
        System.out.println(line.append(" ms"));
    }
}
