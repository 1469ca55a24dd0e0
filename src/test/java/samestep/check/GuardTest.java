package samestep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.check.setting.CheckSettings;
import samestep.finding.Code;
import samestep.text.Boundary;
import samestep.text.Watcher;

class GuardTest {
    private static final String SOLVER = "base_lr: 0.01\nlr_policy: \"fixed\"\nunknown_field: 1\n";

    @TempDir
    Path folder;

    /** A defect at one file is that file's finding, and what is wrong with the others is reported nevertheless. */
    @Test
    void aFileThatThrowsIsAFindingAndTheOthersAreChecked() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.prototxt"), SOLVER);
        Path deep = Files.writeString(folder.resolve("deep.prototxt"), SOLVER);
        Path good = Files.writeString(folder.resolve("good.prototxt"), SOLVER);
        FileCheck own = new FileCheck(folder);
        Checker checker = new Checker(folder, CheckSettings.none(folder), Boundary.around(folder), source -> {
            if (source.name().endsWith("bad.prototxt")) {
                throw new IllegalStateException("for the test");
            }
            return source.name().endsWith("deep.prototxt") ? endless(1) : own.check(source);
        });
        CheckResult result = checker.check(Set.of(bad, deep, good), Set.of(), Watcher.NOBODY);
        assertTrue(result.hasDefects());
        assertEquals(List.of(bad.toString(), deep.toString()), files(result, Code.SS099));
        assertEquals(List.of(good.toString()), files(result, Code.SS003));
    }

    private static Optional<List<samestep.finding.Finding>> endless(int depth) {
        return depth == 0 ? Optional.empty() : endless(depth + 1);
    }

    private static List<String> files(CheckResult result, Code code) {
        return result.found().stream()
                .filter(f -> f.finding().code() == code)
                .map(Found::file)
                .toList();
    }
}
