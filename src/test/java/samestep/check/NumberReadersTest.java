package samestep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.text.SourceText;

/** A number that PyYAML reads as text is still a number where another program reads the file. */
class NumberReadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: m~optim:~  lr: 1e-4~|1",
                "trainer:~  devices: 1~model:~  optim:~    lr: 1e-4~|0",
                "trainer:~  devices: 1~optim:~  lr: 1e-4~|1",
                "iters: 10~learning_rate: 1e-5~lr_schedule:~  name: cosine_decay~|0",
                "iters: 10~learning_rate: 1e-5~|1",
                "SOLVER:~  BASE_LR: 1e-4~|0",
            })
    void whoReadsItDecides(String text, int findings) {
        List<Finding> found = new FileCheck(Path.of(""))
                .check(new SourceText("c.yaml", text.replace('~', '\n')))
                .orElse(List.of());
        assertEquals(
                findings, found.stream().filter(f -> f.code() == Code.SS606).count(), found + "");
    }
}
