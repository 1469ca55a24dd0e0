package samestep.serve;

import java.util.List;
import samestep.compare.proof.Partners;
import samestep.dialect.Run;
import samestep.report.json.ComparisonJson;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;

/** What {@code translate compare} says. */
record CompareTool(Configurations configurations) implements Tool {
    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String description() {
        return "Whether two training configurations or programs, of one framework or of two, are the same training: verdicts"
                + " that are proven, every value that differs with its file and line, and what to write so that it is the"
                + " same. Ask this after porting a training, and before saying that the port is right. \"same_training\""
                + " is the answer; a verdict that is not proven is no \"yes\".";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "required": ["first", "second"], "additionalProperties": false, "properties": {
                  "first": {"type": "string", "description": "the file that is right; of one of several trainings of a program FILE:NAME"},
                  "second": {"type": "string", "description": "the file that is compared with it"},
                  "first_model": {"type": "string", "description": "a file with the first one's model"},
                  "second_model": {"type": "string", "description": "a file with the second one's model"},
                  "layers": {"type": "object", "additionalProperties": {"type": "string"}, "description": "what layers of the first are called in the second, where it is another name"},
                """ + ExplainTool.RUN;
    }

    @Override
    public Answer call(ToolArguments arguments) {
        Run run = arguments.run();
        String first = arguments.text("first");
        String second = arguments.text("second");
        ConfigurationFile source = configurations.open(first, arguments.optional("first_model"), run);
        ConfigurationFile target = configurations.open(second, arguments.optional("second_model"), run);
        Partners partners = new Partners(arguments.pairs("layers"));
        return Answer.json(ComparisonJson.print(
                first,
                second,
                Configurations.value(new FileComparer(source, target, partners, configurations.memory()).compare()),
                List.of()));
    }
}
