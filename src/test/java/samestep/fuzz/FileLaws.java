package samestep.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import samestep.Configuration;
import samestep.Finding;
import samestep.Samestep;
import samestep.check.Fixer;
import samestep.check.RepositoryChecker;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.SettingsReader;
import samestep.dialect.Run;
import samestep.finding.Outcome;
import samestep.text.SourceText;
import samestep.text.pattern.IgnorePatterns;
import samestep.text.pattern.NamePatterns;

/** What holds for every file of a kind, whatever its bytes; a law by name, for JUnit and for OSS-Fuzz alike. */
final class FileLaws {
    /** Each throws if the bytes break it. */
    static final Map<String, Consumer<byte[]>> ALL = new TreeMap<>(Map.of(
            "pipeline", bytes -> isReadOrRefused("pipeline.config", bytes),
            "garden", bytes -> isReadOrRefused("experiment.yaml", bytes),
            "metagraph", bytes -> isReadOrRefused("model.ckpt-1.meta", bytes),
            "hdf5", bytes -> isReadOrRefused("model.h5", bytes),
            "archive", bytes -> isReadOrRefused("model.keras", bytes),
            "darknet", bytes -> isReadOrRefused("yolo.cfg", bytes),
            "settings", FileLaws::settings,
            "patterns", FileLaws::patterns,
            "ignored", FileLaws::ignored,
            "fix", FileLaws::fix));

    /** As many times as a file may be fixed until nothing is left. */
    private static final int MOST_ROUNDS = 10;

    private static final Path FOLDER = folder();

    private FileLaws() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("samestep-fuzz");
            Files.createDirectory(folder.resolve(".git"));
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(String name, byte[] bytes) {
        try {
            return Files.write(FOLDER.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There is a recipe, or an error that says why not. */
    private static void isReadOrRefused(String name, byte[] bytes) {
        Configuration read = new Samestep(FOLDER).read(written(name, bytes));
        assertTrue(
                read.recipe().isPresent()
                        || read.findings().stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR),
                "refused without an error");
    }

    /** Settings are used, or each fault is named. */
    private static void settings(byte[] bytes) {
        Outcome<CheckSettings> read = SettingsReader.read(written("samestep.yaml", bytes), "samestep.yaml");
        assertTrue(read.value().isPresent() || read.hasErrors(), "refused without an error");
        ReadingLaws.assertShown(read.findings());
    }

    /** The first half of the lines are expressions, the others names; a broken expression is reported and matches nothing. */
    private static void patterns(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        NamePatterns patterns = NamePatterns.of(lines.subList(0, lines.size() / 2));
        assertTrue(lines.containsAll(patterns.broken()));
        lines.subList(lines.size() / 2, lines.size()).forEach(patterns::contain);
    }

    /** Up to a zero byte a .gitignore, then a path. */
    private static void ignored(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        Optional<IgnorePatterns> read = IgnorePatterns.read(Arrays.copyOf(bytes, end));
        String path = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8).replace("\0", "");
        read.ifPresent(patterns -> assertEquals(patterns.ignores(path, false), patterns.ignores(path, false)));
    }

    /** What {@code check --fix} writes has nothing more to write after a few rounds, and is always a text that can be read. */
    private static void fix(byte[] bytes) {
        Optional<SourceText> text = ReadingLaws.text("configuration", bytes);
        for (int round = 0; text.isPresent(); round++) {
            assertFalse(round > MOST_ROUNDS, "--fix does not end");
            text = fixed(text.get());
        }
    }

    private static Optional<SourceText> fixed(SourceText text) {
        return new RepositoryChecker(FOLDER, CheckSettings.none(FOLDER), false, false, Run.UNKNOWN)
                .check(text)
                .value()
                .map(result -> {
                    ReadingLaws.assertShown(result.reported());
                    return new Fixer(false).changes(result);
                })
                .filter(changes -> !changes.isEmpty())
                .map(changes -> changes.get(0).after());
    }
}
