package samestep.check.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.check.file.FilePatterns;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;
import samestep.text.Boundary;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Reads {@code samestep.yaml}. docs/schemas/samestep-yaml-1.json is its schema. */
public final class SettingsReader {
    /** What the file is called. */
    public static final String NAME = "samestep.yaml";

    private static final List<String> SECTIONS =
            RunSettings.and("version", "pairs", "rules", "overrides", "ignore", "exclude");
    private static final int LARGEST = 1024 * 1024;

    private final Path folder;
    private final YamlView yaml;

    private SettingsReader(Path folder, YamlView yaml) {
        this.folder = folder;
        this.yaml = yaml;
    }

    /** The file in a folder or in one above it, up to the one that holds {@code .git}. */
    public static Optional<Path> find(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        while (place != null) {
            Path file = place.resolve(NAME);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            place = Files.exists(place.resolve(".git")) ? null : place.getParent();
        }
        return Optional.empty();
    }

    /**
     * What the nearest file says; nothing is said where there is none.
     *
     * @param folder where it is looked for, and above
     * @param shown what messages call it
     */
    public static Outcome<CheckSettings> nearest(Path folder, Function<Path, String> shown) {
        return find(folder)
                .map(found -> readFound(found, shown.apply(found)))
                .orElseGet(() -> Outcome.of(CheckSettings.none(folder), List.of()));
    }

    /**
     * Reads a file that was found, not named. One that is a link out of the repository is refused: a file of settings says
     * which files are read and written.
     *
     * @param shown what findings call it
     */
    public static Outcome<CheckSettings> readFound(Path file, String shown) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && !Boundary.around(folder).holds(file)) {
            return Outcome.failed(Finding.of(
                    Code.SS802,
                    shown + ": is a link that leads out of the repository, and is not read; --config " + shown
                            + " reads it all the same"));
        }
        return read(file, shown);
    }

    /**
     * Reads a file of settings.
     *
     * @param shown what findings call it
     * @return SS802 for whatever does not follow the schema
     */
    public static Outcome<CheckSettings> read(Path file, String shown) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(Path.of(""));
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return Outcome.failed(Finding.of(Code.SS802, shown + ": is not a regular file"));
        }
        try {
            SourceText text = new SourceText(shown, SourceReader.read(file).text());
            return read(text, folder);
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS802, shown + ": " + e.reason()));
        }
    }

    private static Outcome<CheckSettings> read(SourceText text, Path folder) {
        if (text.text().length() > LARGEST) {
            return Outcome.failed(Finding.at(Place.start(text), Code.SS802, "longer than 1 MiB"));
        }
        Outcome<YamlValue> document = Yaml.parse(text);
        if (document.value().isEmpty()) {
            return Outcome.failed(document.findings().stream()
                    .filter(finding -> finding.code() == Code.SS001)
                    .map(SettingsReader::notYaml)
                    .toList());
        }
        YamlValue root = document.value().get();
        List<Finding> findings = new ArrayList<>();
        SettingsReader reader = new SettingsReader(folder, new YamlView(text, findings));
        CheckSettings settings = root.isNull() ? CheckSettings.none(folder) : reader.settings(root);
        return findings.isEmpty() ? Outcome.of(settings, findings) : Outcome.failed(findings);
    }

    private static Finding notYaml(Finding syntax) {
        return new Finding(
                Code.SS802,
                Code.SS802.severity(),
                "not YAML: " + syntax.message(),
                syntax.place(),
                "",
                syntax.details(),
                List.of(),
                syntax.version());
    }

    private CheckSettings settings(YamlValue root) {
        Map<String, YamlValue> sections = yaml.entries(root, SECTIONS);
        Optional.ofNullable(sections.get("version"))
                .filter(version -> !yaml.word(version).equals(Optional.of("1")))
                .ifPresent(version -> yaml.wrong(version, "expected version 1"));
        Run run = RunSettings.read(sections, yaml);
        return new CheckSettings(
                folder,
                items(sections, "pairs").stream()
                        .flatMap(node -> pair(node, run).stream())
                        .toList(),
                Optional.ofNullable(sections.get("rules")).map(this::levels).orElse(Levels.USUAL),
                items(sections, "overrides").stream().map(this::override).toList(),
                items(sections, "ignore").stream()
                        .flatMap(node -> ignored(node).stream())
                        .toList(),
                patterns(items(sections, "exclude")),
                run);
    }

    private List<YamlValue> items(Map<String, YamlValue> entries, String name) {
        return Optional.ofNullable(entries.get(name)).map(yaml::items).orElse(List.of());
    }

    private Optional<DeclaredPair> pair(YamlValue node, Run all) {
        Map<String, YamlValue> entries =
                yaml.entries(node, RunSettings.and("source", "target", "allow", "layers", "tolerance"));
        if (!entries.containsKey("source") || !entries.containsKey("target")) {
            yaml.wrong(node, "a pair has a source and a target");
            return Optional.empty();
        }
        Optional<DeclaredPair.Member> source = member(entries.get("source"));
        List<DeclaredPair.Member> targets = items(entries, "target").stream()
                .flatMap(target -> member(target).stream())
                .toList();
        Map<String, String> layers = new LinkedHashMap<>();
        Optional.ofNullable(entries.get("layers"))
                .ifPresent(map -> yaml.words(map)
                        .forEach((name, value) -> yaml.word(value).ifPresent(word -> layers.put(name, word))));
        double tolerance = Optional.ofNullable(entries.get("tolerance"))
                .map(this::tolerance)
                .orElse(0.0);
        return source.map(member -> new DeclaredPair(
                member,
                targets,
                codes(items(entries, "allow")),
                layers,
                tolerance,
                yaml.place(node),
                RunSettings.read(entries, yaml).or(all)));
    }

    /** A path alone, or with its net or optimizer. */
    private Optional<DeclaredPair.Member> member(YamlValue node) {
        if (node.resolved() instanceof YamlScalar) {
            return yaml.word(node)
                    .map(file -> new DeclaredPair.Member(file, Optional.empty(), Optional.empty(), yaml.place(node)));
        }
        Map<String, YamlValue> entries = yaml.entries(node, List.of("file", "net", "optimizer"));
        Optional<YamlValue> file = Optional.ofNullable(entries.get("file"));
        if (file.isEmpty()) {
            yaml.wrong(node, "a file is missing");
        }
        return file.flatMap(yaml::word)
                .map(name -> new DeclaredPair.Member(
                        name,
                        Optional.ofNullable(entries.get("net")).flatMap(yaml::word),
                        Optional.ofNullable(entries.get("optimizer")).flatMap(yaml::word),
                        yaml.place(file.orElseThrow())));
    }

    private double tolerance(YamlValue node) {
        try {
            double value = Double.parseDouble(yaml.word(node).orElse("0"));
            if (value >= 0 && value < 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is none of this range.
        }
        yaml.wrong(node, "expected a number from 0 up to 1");
        return 0;
    }

    private Set<Code> codes(List<YamlValue> nodes) {
        Set<Code> codes = EnumSet.noneOf(Code.class);
        nodes.forEach(node -> yaml.code(node).ifPresent(codes::add));
        return codes;
    }

    private Levels levels(YamlValue node) {
        Map<Code, Optional<Severity>> levels = new EnumMap<>(Code.class);
        for (Map.Entry<String, YamlValue> entry : yaml.words(node).entrySet()) {
            Optional<Code> code = java.util.Arrays.stream(Code.values())
                    .filter(c -> c.name().equals(entry.getKey()))
                    .findFirst();
            if (code.isEmpty()) {
                yaml.wrong(entry.getValue(), "there is no finding " + entry.getKey());
            } else {
                level(entry.getValue()).ifPresent(level -> levels.put(code.get(), level));
            }
        }
        return new Levels(levels);
    }

    private Optional<Optional<Severity>> level(YamlValue node) {
        String word = yaml.word(node).orElse("").toLowerCase(Locale.ROOT);
        // YAML 1.1 reads off as false; both are understood here.
        if (word.equals("off") || word.equals("false")) {
            return Optional.of(Optional.empty());
        }
        for (Severity severity : Severity.values()) {
            if (severity.label().equals(word)) {
                return Optional.of(Optional.of(severity));
            }
        }
        yaml.wrong(node, "expected off, note, warning or error");
        return Optional.empty();
    }

    private CheckSettings.Override override(YamlValue node) {
        Map<String, YamlValue> entries = yaml.entries(node, List.of("files", "rules"));
        return new CheckSettings.Override(
                patterns(items(entries, "files")),
                Optional.ofNullable(entries.get("rules")).map(this::levels).orElse(Levels.USUAL));
    }

    private Optional<CheckSettings.Ignored> ignored(YamlValue node) {
        Map<String, YamlValue> entries = yaml.entries(node, List.of("file", "codes", "reason"));
        if (!entries.containsKey("file") || !entries.containsKey("codes")) {
            yaml.wrong(node, "expected a file and codes");
            return Optional.empty();
        }
        String reason =
                Optional.ofNullable(entries.get("reason")).flatMap(yaml::word).orElse("");
        return Optional.of(new CheckSettings.Ignored(
                patterns(items(entries, "file")), codes(items(entries, "codes")), reason, yaml.place(node)));
    }

    private FilePatterns patterns(List<YamlValue> nodes) {
        List<String> patterns = new ArrayList<>();
        for (YamlValue node : nodes) {
            Optional<String> pattern = yaml.word(node);
            Optional<String> problem = pattern.flatMap(FilePatterns::problem);
            problem.ifPresent(why -> yaml.wrong(node, "not a pattern: " + why));
            pattern.filter(p -> problem.isEmpty()).ifPresent(patterns::add);
        }
        Optional<FilePatterns> all = FilePatterns.of(patterns);
        if (all.isEmpty()) {
            yaml.wrong(nodes.get(0), "these patterns are too long");
        }
        return all.orElse(FilePatterns.NONE);
    }
}
