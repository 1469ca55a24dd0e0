package samestep.syntax.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import samestep.finding.Outcome;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Every collected YAML file: the laws hold, SnakeYAML reads the same, and two are known to be broken. */
class YamlCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus");

    @Test
    void allFilesAreRead() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the collected files are not beside this checkout");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CORPUS)) {
            files = walk.filter(file -> file.toString().matches(".*\\.ya?ml(@[^/]*)?$"))
                    .sorted()
                    .toList();
        }
        assertTrue(files.size() > 800, "only " + files.size() + " files");
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            SourceText source = SourceReader.read(file);
            Outcome<List<YamlValue>> outcome = YamlLaws.assertReadOrRefused(source.text());
            if (outcome.value().isEmpty()) {
                broken.add(file.getFileName().toString());
            } else {
                SecondOpinion.assertAgrees(source.text(), outcome.value().get());
                YamlLaws.assertEditsHold(source, 3);
            }
        }
        System.out.println(files.size() + " YAML files; not YAML: " + broken);
        assertEquals(List.of("IBM__alexnet_custom_model_config.yaml", "MVITv2_B.yaml"), broken);
    }
}
