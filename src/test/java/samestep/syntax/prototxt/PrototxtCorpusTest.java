package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import samestep.finding.Outcome;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Every collected solver and net: only the files that are not protobuf text have errors. */
class PrototxtCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus");

    /** MyCaffe's reader is not protobuf's: paths without quotes, backslashes in strings, words with a digit first. */
    private static final Map<String, List<String>> BROKEN = Map.of(
            "caffe-net/MyCaffe+MyCaffe/MyCaffe.test/test_data/models/",
            List.of(
                    "gpt-mini/gpt-mini.prototxt",
                    "ssd/vgg16/ssd_vgg16_train_test.prototxt",
                    "tft/Tft_electricity/tft_electricity_train_test.prototxt",
                    "tft/Tft_traffic/tft_traffic_train_test.prototxt",
                    "tft/Tft_volatility/tft_volatility_train_test.prototxt"),
            "caffe-solver/MyCaffe+MyCaffe/",
            List.of(
                    "MyCaffe.app/Resources/lenet_solver.prototxt",
                    "MyCaffe.app/Resources/resnet56_cifar_solver.prototxt",
                    "MyCaffe.app/Resources/siamese_solver.prototxt",
                    "MyCaffe.test/test_data/models/reinforcement/atari.noisy.dqn/solver.prototxt",
                    "MyCaffe.test/test_data/models/ssd/vgg16/ssd_vgg16_solver.prototxt",
                    "models/bvlc_googlenet/solver.prototxt"));

    @Test
    void onlyBrokenFilesHaveErrors() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the collected files are not beside this checkout");
        Set<String> found = new TreeSet<>();
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            assertEquals(source.text(), Tiling.joined(source), file.toString());
            Outcome<PrototxtDocument> outcome = Prototxt.parse(source);
            Tiling.assertSpansNest(outcome.value().orElseThrow());
            if (outcome.findings().isEmpty()) {
                String text = source.text().replace("\r\n", "\n");
                PrototxtEditLaws.assertHold(text, 3);
                PrototxtEditLaws.assertHold(
                        "\ufeff" + text.replace("\n", "\r\n").stripTrailing(), 2);
            } else {
                found.add(CORPUS.relativize(file).toString().replace('\\', '/'));
            }
        }
        Set<String> broken = new TreeSet<>();
        BROKEN.forEach((folder, names) -> names.forEach(name -> broken.add(folder + name)));
        assertEquals(broken, found);
    }

    private static List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String kind : List.of("caffe-solver", "caffe-net")) {
            try (Stream<Path> files = Files.walk(CORPUS.resolve(kind))) {
                files.filter(Files::isRegularFile).sorted().forEach(all::add);
            }
        }
        assertTrue(all.size() > 800, "only " + all.size() + " files");
        return all;
    }
}
