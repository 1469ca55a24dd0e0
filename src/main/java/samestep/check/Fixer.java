package samestep.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.AtomicFile;
import samestep.text.Boundary;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.text.UnwritableFileException;

/** Applies what findings are mended by, file by file: whole files or none, and nothing outside the edits. */
public final class Fixer {
    private final boolean unsafe;

    /** With or without changes that are not proven. */
    public Fixer(boolean unsafe) {
        this.unsafe = unsafe;
    }

    /**
     * A file and what it becomes.
     *
     * @param file the file
     * @param before its text, or the text in it
     * @param after the text with the changes
     * @param count how many changes
     */
    public record Change(Path file, SourceText before, SourceText after, int count) {}

    /** The changes that findings ask for; of two that contradict each other, the first. */
    public List<Change> changes(CheckResult result) {
        Map<String, List<Edit>> files = new LinkedHashMap<>();
        for (Finding finding : result.reported()) {
            if (finding.edits().stream().allMatch(this::isWanted) && isFree(finding, files)) {
                for (Edit edit : finding.edits()) {
                    List<Edit> others = files.computeIfAbsent(edit.source().name(), name -> new ArrayList<>());
                    if (others.stream().noneMatch(other -> isSame(other, edit))) {
                        others.add(edit);
                    }
                }
            }
        }
        List<Change> changes = new ArrayList<>();
        files.forEach((name, edits) -> changes.add(change(edits)));
        return changes;
    }

    private boolean isWanted(Edit edit) {
        return unsafe || edit.certainty() == Edit.Certainty.EXACT;
    }

    /** All of a finding's edits or none: half of them would mean something else. */
    private static boolean isFree(Finding finding, Map<String, List<Edit>> files) {
        return finding.edits().stream()
                .allMatch(edit -> files.getOrDefault(edit.source().name(), List.of()).stream()
                        .allMatch(other -> isSame(edit, other) || !overlaps(edit, other)));
    }

    private static boolean isSame(Edit a, Edit b) {
        return a.span().equals(b.span()) && a.replacement().equals(b.replacement());
    }

    private static boolean overlaps(Edit a, Edit b) {
        return a.span().start() <= b.span().end()
                && b.span().start() <= a.span().end();
    }

    /** A file may have been read twice, for itself and for its pair: the edits are of one text all the same. */
    private static Change change(List<Edit> edits) {
        SourceText source = edits.get(0).source();
        List<Edit> own = edits.stream()
                .map(e -> new Edit(source, e.span(), e.replacement(), e.certainty()))
                .toList();
        return new Change(Path.of(Found.file(source)), source, Edits.apply(source, own), own.size());
    }

    /**
     * Writes a file; what prevents it is a finding, and the file is then unchanged.
     *
     * @param boundary where files are written; none elsewhere, and none through a link that leads elsewhere
     */
    public static Optional<Finding> write(Change change, Boundary boundary) {
        return boundary.holds(change.file())
                ? write(change)
                : Optional.of(refused(change, "it is outside the repository, or a link that leads there"));
    }

    /** The same, wherever the file is. */
    public static Optional<Finding> write(Change change) {
        try {
            if (isReadOnly(change.file())) {
                return Optional.of(refused(change, "it is read-only"));
            }
            SourceText now = Dialects.text(change.file());
            if (!now.text().equals(change.before().text())) {
                return Optional.of(refused(change, "it was changed meanwhile; run the check again"));
            }
            for (Dialect dialect : Dialects.all()) {
                if (dialect.pack(change.file(), change.after(), change.file())) {
                    return Optional.empty();
                }
            }
            byte[] before = change.before().bytes();
            AtomicFile.write(change.file(), file -> {
                Files.write(file, change.after().bytes());
                if (!Arrays.equals(before, Files.readAllBytes(change.file()))) {
                    throw new IOException("it was changed meanwhile; run the check again");
                }
            });
            return Optional.empty();
        } catch (UnreadableSourceException e) {
            return Optional.of(refused(change, e.reason()));
        } catch (UnwritableFileException e) {
            return Optional.of(refused(change, e.reason()));
        } catch (IOException e) {
            return Optional.of(refused(change, String.valueOf(e.getMessage())));
        }
    }

    private static Finding refused(Change change, String why) {
        return Finding.at(Place.start(change.before()), Code.SS803, change.file() + " is not changed: " + why);
    }

    /** By its permissions: a superuser could write, and should not do so by accident either. */
    private static boolean isReadOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return !Files.isWritable(file);
        }
        List<PosixFilePermission> writing = List.of(
                PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        return !Files.isWritable(file)
                || view.readAttributes().permissions().stream().noneMatch(writing::contains);
    }
}
