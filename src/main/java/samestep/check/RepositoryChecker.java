package samestep.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.check.file.FileSearch;
import samestep.check.file.PassedOver;
import samestep.check.file.Paths;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.SettingsReader;
import samestep.dialect.Run;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.text.Boundary;
import samestep.text.ShownPath;
import samestep.text.SourceText;
import samestep.text.Watcher;

/**
 * Checks files and folders, each file with the {@code samestep.yaml} that is nearest to it: in its folder or above, up to
 * the folder that holds {@code .git}. A file without one is checked with that of the working directory.
 */
public final class RepositoryChecker {
    private final Path workingDirectory;
    private final CheckSettings own;
    private final boolean nested;
    private final boolean allowOutside;
    private final Run given;
    private final Map<Path, CheckSettings> read = new HashMap<>();
    /** The nearest settings of folders that were asked for. */
    private final Map<Path, Optional<Path>> found = new HashMap<>();

    /**
     * @param workingDirectory what relative paths are relative to
     * @param own the settings of the working directory, or the only ones
     * @param nested whether other {@code samestep.yaml} count that are nearer to a file
     * @param allowOutside whether files outside the repository are read that files name
     * @param given what is known of the runs, before what the settings say
     */
    public RepositoryChecker(
            Path workingDirectory, CheckSettings own, boolean nested, boolean allowOutside, Run given) {
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.given = given;
        this.own = own.over(given);
        this.nested = nested;
        this.allowOutside = allowOutside;
    }

    /**
     * Checks files, and in folders what is found in them; a file twice is checked once.
     *
     * @param watcher of the files
     * @return no value, and SS802, if one of the settings cannot be used
     */
    public Outcome<CheckResult> check(List<Path> named, Watcher watcher) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        Set<Path> searched = new LinkedHashSet<>();
        List<PassedOver> passed = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                FileSearch.Result search = FileSearch.below(path, allowOutside);
                search.files().stream().filter(file -> !own.excludes(file)).forEach(searched::add);
                passed.addAll(search.passed());
            } else {
                files.add(path);
            }
        }
        Map<CheckSettings, Set<Path>> groups = new LinkedHashMap<>();
        groups.put(own, new LinkedHashSet<>());
        List<Finding> wrong = new ArrayList<>();
        Set<Path> all = new LinkedHashSet<>(files);
        all.addAll(searched);
        for (Path file : all) {
            Outcome<CheckSettings> settings = settingsOf(file);
            wrong.addAll(settings.findings());
            settings.value()
                    .filter(s -> files.contains(file) || !s.excludes(file))
                    .ifPresent(s -> groups.computeIfAbsent(s, key -> new LinkedHashSet<>())
                            .add(file));
        }
        if (!wrong.isEmpty()) {
            return Outcome.failed(wrong.stream().distinct().toList());
        }
        Boundary boundary = boundary(named);
        CheckResult result = new CheckResult(0, 0, List.of(), List.of(), passed);
        for (Map.Entry<CheckSettings, Set<Path>> group : groups.entrySet()) {
            result = result.and(
                    new Checker(workingDirectory, group.getKey(), boundary).check(group.getValue(), files, watcher));
        }
        return Outcome.of(result, List.of());
    }

    /** Checks a text in the place of the file of its name. */
    public Outcome<CheckResult> check(SourceText text) {
        Outcome<CheckSettings> settings =
                Paths.of(text.name()).map(this::settingsOf).orElseGet(() -> Outcome.of(own, List.of()));
        return settings.then(s ->
                Outcome.of(new Checker(workingDirectory, s, boundary(List.of())).check(text), List.of()));
    }

    /** The repository of the working directory, and the folders that are named. */
    private Boundary boundary(List<Path> named) {
        Boundary boundary = allowOutside ? Boundary.open() : Boundary.around(workingDirectory);
        for (Path path : named) {
            boundary = Files.isDirectory(path) ? boundary.with(path) : boundary;
        }
        return boundary;
    }

    private Outcome<CheckSettings> settingsOf(Path file) {
        Path folder = workingDirectory.resolve(file).normalize().getParent();
        Optional<Path> nearest =
                nested && folder != null ? found.computeIfAbsent(folder, SettingsReader::find) : Optional.empty();
        if (nearest.isEmpty() || nearest.get().equals(own.folder().resolve(SettingsReader.NAME))) {
            return Outcome.of(own, List.of());
        }
        Path settings = nearest.get();
        CheckSettings known = read.get(settings);
        if (known != null) {
            return Outcome.of(known, List.of());
        }
        Outcome<CheckSettings> made = (allowOutside
                        ? SettingsReader.read(settings, ShownPath.of(settings, workingDirectory))
                        : SettingsReader.readFound(settings, ShownPath.of(settings, workingDirectory)))
                .then(s -> Outcome.of(s.over(given), List.of()));
        made.value().ifPresent(s -> read.put(settings, s));
        return made;
    }
}
