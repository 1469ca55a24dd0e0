package samestep.serve;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.json.TranslationJson;
import samestep.translate.ConfigurationFile;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** What {@code translate FILE --to FRAMEWORK} writes; the client gets it, and no file is written. */
record TranslateTool(Configurations configurations) implements Tool {
    @Override
    public String name() {
        return "translate";
    }

    @Override
    public String description() {
        return "A training configuration or program in another framework: the text, a proven verdict on whether it is the"
                + " same training, the values that had to change with the reason, and a checklist of what the target"
                + " cannot hold. No file is written.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "required": ["file", "to"], "additionalProperties": false, "properties": {
                  "file": {"type": "string", "description": "the configuration; of one of several trainings of a program FILE:NAME"},
                  "to": {"type": "string", "description": "keras, pytorch, tensorflow, caffe or darknet"},
                  "as": {"type": "string", "description": "one of the framework's forms, such as json or python; without it the usual one"},
                  "model": {"type": "string", "description": "a file with its model, such as the net of a Caffe solver"},
                """ + ExplainTool.RUN;
    }

    @Override
    public Answer call(ToolArguments arguments) {
        Dialect writer = Configurations.writer(arguments.text("to"));
        String style =
                arguments.optional("as").orElse(writer.styles().iterator().next());
        if (!writer.styles().contains(style)) {
            throw new ToolException(
                    writer.title() + " is written as " + String.join(", ", writer.styles()) + ", not as " + style);
        }
        ConfigurationFile file =
                configurations.open(arguments.text("file"), arguments.optional("model"), arguments.run());
        Outcome<Translation> outcome =
                new Translator(file.dialect(), writer, configurations.memory()).translate(file.input(), style);
        Translation translation = Configurations.value(outcome);
        List<Finding> findings = outcome.findings();
        String text =
                Optional.ofNullable(translation.proposal().texts().get(style)).orElse("");
        return Answer.json(TranslationJson.print(text, style.equals("json"), translation, findings));
    }
}
