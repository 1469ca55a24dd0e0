package samestep.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.check.Fingerprints;
import samestep.check.Fixer;
import samestep.finding.Finding;
import samestep.report.FileDiff;
import samestep.text.Boundary;

/**
 * What {@code translate check --fix} writes, in two calls: the first shows the changes, the second names what was shown and
 * writes it. If the files have changed in between, nothing is written.
 */
record FixTool(Configurations configurations) implements Tool {
    @Override
    public String name() {
        return "fix";
    }

    @Override
    public String description() {
        return "Mends what check finds, where the result is proven to be right. First call it without \"preview\": it writes"
                + " nothing, and answers with a diff and a preview's name. Show the diff, then call it again with the same"
                + " files and that name: it writes exactly those changes, or nothing if the files have changed.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "files": {"type": "array", "items": {"type": "string"}, "description": "files and folders; without them everything that is served"},
                  "preview": {"type": "string", "description": "the name that the first call answered"}
                }}
                """;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public Answer call(ToolArguments arguments) {
        CheckTool check = new CheckTool(configurations);
        List<Fixer.Change> changes = new Fixer(false).changes(check.result(arguments.texts("files")));
        if (changes.isEmpty()) {
            return Answer.text("nothing to change");
        }
        StringBuilder diff = new StringBuilder();
        for (Fixer.Change change : changes) {
            diff.append(FileDiff.of(
                    change.file().toString(),
                    change.before().text(),
                    change.after().text()));
        }
        String preview = Fingerprints.hash(diff.toString());
        Optional<String> wanted = arguments.optional("preview");
        if (wanted.isEmpty()) {
            return Answer.text("preview: " + preview + "\n\n" + diff);
        }
        if (!wanted.get().equals(preview)) {
            throw new ToolException(
                    "nothing is written: the changes are no longer those of that preview; ask for a new one");
        }
        return Answer.text(written(changes));
    }

    private String written(List<Fixer.Change> changes) {
        Boundary boundary = boundary();
        List<String> lines = new ArrayList<>();
        for (Fixer.Change change : changes) {
            Optional<Finding> refused = Fixer.write(change, boundary);
            lines.add(refused.map(Finding::message)
                    .orElse(change.file() + ": " + change.count() + (change.count() == 1 ? " change" : " changes")
                            + " written"));
        }
        return String.join("\n", lines);
    }

    private Boundary boundary() {
        List<ServedFolders.Served> all = configurations.folders().all();
        Boundary boundary = Boundary.around(all.get(0).folder());
        for (ServedFolders.Served served : all) {
            boundary = boundary.with(served.folder());
        }
        return boundary;
    }
}
