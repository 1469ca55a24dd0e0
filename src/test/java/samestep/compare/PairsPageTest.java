package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.equation.EquationResources;
import samestep.equation.print.EquationPrinter;
import samestep.recipe.Stage;
import samestep.trainer.TraitProbe;
import samestep.trainer.Trajectory;

/**
 * The page of all pairs of optimizers is made from the equations. Making it takes minutes, so that a build only sees whether
 * the equations, and the numbers that are tried, are those that it was made from.
 */
class PairsPageTest {
    static final String HOW = "mvn test -Dtest=PairsPageTest -Dsamestep.pairs=true";

    private static final Path PAGE = Path.of("docs/pairs.md");

    /** Changes when what is tried, or how the page looks, does. */
    private static final String MADE_BY = "1";

    private static String digest() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        StringBuilder all = new StringBuilder(MADE_BY);
        for (EquationResources.EquationFile file : EquationResources.all()) {
            all.append(EquationPrinter.print(file.equations()));
        }
        Map<String, String> values = new TreeMap<>(TraitProbe.ordinary());
        all.append(values);
        return HexFormat.of().formatHex(sha.digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thePageIsMadeFromTheseEquations() throws IOException, NoSuchAlgorithmException {
        String page = Files.readString(PAGE);
        assertTrue(page.contains("<!-- made from " + digest() + " -->"), "equations have changed: " + HOW);
    }

    @Test
    @EnabledIfSystemProperty(named = "samestep.pairs", matches = "true")
    void everyPairIsJudgedAndConfirmed() throws IOException, NoSuchAlgorithmException {
        OptimizerPair.Memory memory = new OptimizerPair.Memory(new ProofMemory(), new ConcurrentHashMap<>());
        // A wrapper of another optimizer, such as Lookahead, moves nothing alone.
        List<OptimizerVariant> variants = OptimizerVariant.all().stream()
                .filter(v -> moves(memory.run(false, v.stage(v.ordinaryValues()))))
                .toList();
        List<OptimizerPair> pairs = variants.parallelStream()
                .flatMap(source -> variants.stream()
                        .filter(target -> !source.framework().equals(target.framework()))
                        .map(target -> OptimizerPair.of(source, target, memory)))
                .toList();
        List<String> doubts = new ArrayList<>();
        pairs.forEach(pair -> PairConfirmation.of(pair)
                .ifPresent(doubt -> doubts.add(
                        pair.source().name() + " and " + pair.target().name() + ": " + doubt)));
        String page = PairsPage.print(pairs, decays(variants, memory.proofs()), digest());
        Path written = Path.of("target/docs/pairs.md");
        Files.createDirectories(written.toAbsolutePath().getParent());
        Files.writeString(written, page);
        assertEquals(List.of(), doubts);
        assertEquals(
                page, Files.exists(PAGE) ? Files.readString(PAGE) : "", "if this is right: cp " + written + " " + PAGE);
    }

    private static boolean moves(Trajectory run) {
        List<Trajectory.Snapshot> all = run.snapshots();
        double[] first = all.get(0).weights().values().iterator().next();
        double[] last = all.get(all.size() - 1).weights().values().iterator().next();
        return !Arrays.equals(first, last);
    }

    /** Of each optimizer: a decay in the gradient against one beside it. */
    private static Map<String, Difference> decays(List<OptimizerVariant> variants, ProofMemory memory) {
        Map<String, Difference> decays = new TreeMap<>();
        for (OptimizerVariant variant : variants) {
            Stage optimizer = variant.stage(variant.ordinaryValues());
            Differences.of(
                            OptimizerVariant.recipe(true, Recipes.l2("0.05"), optimizer),
                            OptimizerVariant.recipe(true, Recipes.decay("0.05"), optimizer),
                            Partners.byName(),
                            memory)
                    .stream()
                    .findFirst()
                    .ifPresent(d -> decays.put(variant.name(), d));
        }
        return decays;
    }
}
