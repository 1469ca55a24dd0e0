package samestep.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.check.file.Paths;
import samestep.check.setting.DeclaredPair;
import samestep.dialect.Companions;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.program.Repository;
import samestep.text.Boundary;
import samestep.text.ShownPath;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.NamedPart;

/** Reads the files that {@code samestep.yaml} names; none of them outside the repository, unless that is allowed. */
final class PairFiles {
    private final Path folder;
    private final Path workingDirectory;
    private final Boundary boundary;
    private final Map<Path, SourceText> instead;

    /**
     * @param folder what the paths are relative to
     * @param workingDirectory what findings' paths are relative to
     * @param boundary where files are read, beside the repository of the folder
     * @param instead texts that are read in the place of files
     */
    PairFiles(Path folder, Path workingDirectory, Boundary boundary, Map<Path, SourceText> instead) {
        this.folder = folder;
        this.workingDirectory = workingDirectory;
        this.boundary = boundary.with(folder);
        this.instead = Map.copyOf(instead);
    }

    /** A configuration of a pair, with the files that it consists of, absolute. */
    record Opened(ConfigurationFile file, Set<Path> parts) {
        Opened {
            parts = Set.copyOf(parts);
        }
    }

    /** Where a file is; empty where no file can have such a name. */
    Optional<Path> path(String file) {
        return Paths.of(file).map(path -> folder.resolve(path).toAbsolutePath().normalize());
    }

    /** Whether one of a member's files is not there. */
    boolean isGone(DeclaredPair.Member member) {
        return named(member).stream()
                .anyMatch(file -> path(file)
                        .filter(path -> instead.containsKey(path) || Files.exists(path))
                        .isEmpty());
    }

    /** A member's configuration; SS707 where it cannot be read, SS012 where it is outside the repository. */
    Outcome<Opened> open(DeclaredPair.Member member) {
        try {
            for (String file : named(member)) {
                Optional<Path> path = path(file);
                if (path.isEmpty()) {
                    throw new UnreadableSourceException("", "no file can have the name that is given here");
                }
                if (Files.exists(path.get()) && !boundary.holds(path.get())) {
                    return Outcome.failed(outside(member, file));
                }
            }
            NamedPart program = NamedPart.of(member.file());
            SourceText file = text(program.file());
            Optional<SourceText> optimizer = member.optimizer().isPresent()
                    ? Optional.of(text(member.optimizer().get()))
                    : Optional.empty();
            Optional<SourceText> net =
                    member.net().isPresent() ? Optional.of(text(member.net().get())) : Optional.empty();
            Outcome<ConfigurationFile> opened = ConfigurationFile.open(
                    optimizer.orElse(file),
                    optimizer.isPresent() ? Optional.of(file) : net,
                    Optional.empty(),
                    workingDirectory,
                    boundary);
            if (opened.value().isEmpty()) {
                return Outcome.failed(Finding.at(
                        member.place(), Code.SS707, opened.findings().get(0).message()));
            }
            Set<Path> parts = new LinkedHashSet<>();
            named(member).forEach(name -> path(name).ifPresent(parts::add));
            return Outcome.of(
                    new Opened(withTexts(opened.value().get().with(program.part()), parts), parts), List.of());
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.at(member.place(), Code.SS707, e.getMessage() + ""));
        }
    }

    private static List<String> named(DeclaredPair.Member member) {
        return List.of(Optional.of(NamedPart.of(member.file()).file()), member.net(), member.optimizer()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Finding outside(DeclaredPair.Member member, String file) {
        return Finding.at(
                        member.place(), Code.SS012, "the file " + file + " is outside the repository; it was not read")
                .as(Severity.ERROR)
                .detail("The pair is not compared. Give --allow-outside to read the file.");
    }

    private SourceText text(String file) throws UnreadableSourceException {
        Path path = path(file).orElseThrow();
        SourceText given = instead.get(path);
        if (given != null) {
            return given;
        }
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new UnreadableSourceException(ShownPath.of(path, workingDirectory), "is not a regular file");
        }
        return Dialects.text(Path.of(ShownPath.of(path, workingDirectory)));
    }

    /** The same file that reads the texts; what it names is added to its parts: read once, to learn them. */
    private ConfigurationFile withTexts(ConfigurationFile file, Set<Path> parts) {
        Companions around = file.input().companions();
        Companions found = new Companions() {
            @Override
            public Search find(String reference) {
                Search search = around.find(reference);
                return search.finding(search.found().map(text -> noted(text, parts)));
            }

            @Override
            public Home home() {
                Home home = around.home();
                return new Home(noting(home.repository(), parts), home.folder());
            }
        };
        Input input = file.input().with(found);
        ConfigurationFile reading = new ConfigurationFile(file.dialect(), input);
        reading.read();
        return reading;
    }

    /** A text that was read, or the one in its place; its file is one of the parts. */
    private SourceText noted(SourceText text, Set<Path> parts) {
        Optional<Path> path =
                Paths.of(text.name()).map(name -> workingDirectory.resolve(name).normalize());
        path.ifPresent(parts::add);
        return path.flatMap(p -> Optional.ofNullable(instead.get(p))).orElse(text);
    }

    private Repository noting(Repository repository, Set<Path> parts) {
        return new Repository() {
            @Override
            public Optional<SourceText> read(String file) {
                return repository.read(file).map(text -> noted(text, parts));
            }

            @Override
            public boolean isFolder(String folder) {
                return repository.isFolder(folder);
            }
        };
    }
}
