package samestep.serve;

import java.util.List;
import samestep.dialect.Run;
import samestep.explain.Explainer;
import samestep.explain.Explanation;
import samestep.finding.Outcome;
import samestep.finding.UsedVersion;
import samestep.report.json.ExplanationJson;
import samestep.translate.ConfigurationFile;

/** What {@code translate explain} says. */
record ExplainTool(Configurations configurations) implements Tool {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String description() {
        return "What a training configuration or program does: the update in equations with its numbers, every number with"
                + " its file and line, the learning rate at its turning points, the settings beside the update. Nothing of"
                + " a program is run.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "required": ["file"], "additionalProperties": false, "properties": {
                  "file": {"type": "string", "description": "the configuration; of one of several trainings of a program FILE:NAME"},
                  "model": {"type": "string", "description": "a file with its model, such as the net of a Caffe solver"},
                """ + RUN;
    }

    /** The end of the schema of a tool that reads configurations. */
    static final String RUN = """
              "dataset_size": {"type": "integer", "minimum": 1, "description": "samples of the training data, for files that count epochs"},
              "updates_per_epoch": {"type": "integer", "minimum": 1, "description": "the same, said directly"},
              "devices": {"type": "integer", "minimum": 1, "description": "how many train together, each with its own batches"},
              "versions": {"type": "object", "additionalProperties": {"type": "string"}, "description": "of libraries, as deepspeed: 0.18.0, for the defaults they have; else a lock file of the repository says it"}
            }}
            """;

    @Override
    public Answer call(ToolArguments arguments) {
        String name = arguments.text("file");
        Run run = arguments.run();
        ConfigurationFile file = configurations.open(name, arguments.optional("model"), run);
        Outcome<Explanation> outcome = Explainer.explain(file, run);
        Explanation explained = Configurations.value(outcome);
        return Answer.json(
                ExplanationJson.print(List.of(name), List.of(explained), List.of(UsedVersion.of(outcome.findings()))));
    }
}
