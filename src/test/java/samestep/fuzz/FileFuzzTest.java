package samestep.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The laws of {@link FileLaws}, each with its seeds. */
class FileFuzzTest {
    private static void hold(String law, byte[] bytes) {
        FileLaws.ALL.get(law).accept(bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void aPipelineIsReadOrRefused(byte[] bytes) {
        hold("pipeline", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void anExperimentIsReadOrRefused(byte[] bytes) {
        hold("garden", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void aGraphIsReadOrRefused(byte[] bytes) {
        hold("metagraph", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void anHdf5FileIsReadOrRefused(byte[] bytes) {
        hold("hdf5", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void anArchiveIsReadOrRefused(byte[] bytes) {
        hold("archive", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void aCfgIsReadOrRefused(byte[] bytes) {
        hold("darknet", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void settingsAreUsedOrRefused(byte[] bytes) {
        hold("settings", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void expressionsAreUsedOrBroken(byte[] bytes) {
        hold("patterns", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void aGitignoreIsAnswered(byte[] bytes) {
        hold("ignored", bytes);
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void fixesEnd(byte[] bytes) {
        hold("fix", bytes);
    }

    /** The script of OSS-Fuzz makes a target of each law. */
    @Test
    void everyLawIsATarget() throws IOException {
        String build = Files.readString(Path.of("src/test/oss-fuzz/build.sh"));
        String start = "LAWS=\"";
        int from = build.indexOf(start) + start.length();
        List<String> targets =
                List.of(build.substring(from, build.indexOf('"', from)).split(" "));

        assertEquals(FileLaws.ALL.keySet(), new TreeSet<>(targets));
    }
}
