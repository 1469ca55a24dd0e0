package samestep.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import samestep.check.CheckResult;
import samestep.check.RepositoryChecker;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.SettingsReader;
import samestep.dialect.Run;
import samestep.finding.Outcome;
import samestep.report.json.CheckJson;
import samestep.text.ShownPath;
import samestep.text.Watcher;

/** What {@code translate check} finds. */
record CheckTool(Configurations configurations) implements Tool {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String description() {
        return "Mistakes in training configurations and programs (a decay that no loss has, a schedule past the end of the run,"
                + " options that do nothing ...), and whether the pairs are the same training that samestep.yaml declares."
                + " Each finding has a code, a place, and where one is known an edit that mends it.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "files": {"type": "array", "items": {"type": "string"}, "description": "files and folders; without them everything that is served"}
                }}
                """;
    }

    @Override
    public Answer call(ToolArguments arguments) {
        CheckResult result = result(arguments.texts("files"));
        return Answer.json(CheckJson.print(
                result, result.found().stream().filter(f -> f.isReported()).toList()));
    }

    /** What is found, each file with the settings that are nearest to it. */
    CheckResult result(List<String> names) {
        ServedFolders folders = configurations.folders();
        List<ServedFolders.Served> named = names.isEmpty()
                ? folders.all()
                : names.stream().map(folders::file).toList();
        Path folder = named.get(0).folder();
        Outcome<CheckSettings> settings = SettingsReader.nearest(folder, found -> ShownPath.of(found, folder));
        RepositoryChecker checker =
                new RepositoryChecker(folder, Configurations.value(settings), true, false, Run.UNKNOWN);
        try {
            return Configurations.value(
                    checker.check(named.stream().map(ServedFolders.Served::file).toList(), Watcher.NOBODY));
        } catch (IOException e) {
            throw new ToolException(Optional.ofNullable(e.getMessage()).orElse("the files cannot be read"));
        }
    }
}
