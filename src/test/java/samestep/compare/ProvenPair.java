package samestep.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import samestep.compare.certificate.Certificate;
import samestep.compare.induction.Certifier;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.proof.Proof;
import samestep.recipe.Stage;
import samestep.report.json.CertificateJson;

/**
 * A row of docs/pairs.md that is exact, or exact while the learning rate is constant.
 *
 * @param constant whether the rate has to be constant
 */
record ProvenPair(OptimizerVariant source, OptimizerVariant target, Map<String, String> values, boolean constant) {
    private static final Path PAGE = Path.of("docs/pairs.md");
    private static final String CONSTANT = "the learning rate is constant";

    /** All of the page. */
    static List<ProvenPair> all() throws IOException {
        Map<String, OptimizerVariant> variants = new LinkedHashMap<>();
        OptimizerVariant.all().forEach(v -> variants.put(v.name(), v));
        List<ProvenPair> pairs = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split(" \\| ", -1);
            boolean exact = cells.length > 3 && cells[2].equals("**exact**");
            boolean constant = cells.length > 3 && cells[2].equals("**exact while**") && cells[3].startsWith(CONSTANT);
            if (exact || constant) {
                OptimizerVariant source = Objects.requireNonNull(variants.get(cells[0].substring(2)));
                String[] second = cells[1].split(", ", -1);
                OptimizerVariant target = Objects.requireNonNull(variants.get(second[0]));
                pairs.add(new ProvenPair(source, target, values(source, target, second), constant));
            }
        }
        return pairs;
    }

    /** The second has the first's numbers but for those that are written beside it. */
    private static Map<String, String> values(OptimizerVariant source, OptimizerVariant target, String[] second) {
        Map<String, String> values = new LinkedHashMap<>();
        target.ordinaryValues().keySet().forEach(name -> {
            String value = source.ordinaryValues().getOrDefault(name, "");
            for (int i = 1; i < second.length; i++) {
                if (second[i].startsWith(name + " ")) {
                    String written = second[i].substring(name.length() + 1);
                    value = written.equals("its square") ? "1e-8" : written.equals("its root") ? "1e-2" : written;
                }
            }
            values.put(name, value);
        });
        return values;
    }

    Stage sourceStage() {
        return source.stage(source.ordinaryValues());
    }

    Stage targetStage() {
        return target.stage(values);
    }

    Question question() {
        RateKind rate = constant ? new RateKind.Constant() : new RateKind.Moving();
        return new Question(
                List.of(Recipes.kernel("1", sourceStage())),
                List.of(Recipes.kernel("1", targetStage())),
                1,
                rate,
                Proof.BATCH,
                Proof.OUTPUTS);
    }

    /** The two names, for a file. */
    String fileName() {
        return (source.name() + "-" + target.name()).replace(' ', '+');
    }

    /** Its certificate; empty where induction does not prove it. */
    Optional<String> certificate() {
        Certifier.Result proof = Certifier.prove(question());
        return proof.theorem()
                .map(theorem -> CertificateJson.print(new Certificate(
                        source.name(),
                        target.name(),
                        List.of(List.of("a kernel")),
                        theorem,
                        proof.evidence().orElseThrow())));
    }

    @Override
    public String toString() {
        return source.name() + " is " + target.name() + " " + values + (constant ? " at a constant rate" : "");
    }
}
