package samestep.serve;

import java.util.Arrays;
import java.util.Locale;
import samestep.finding.Code;
import samestep.report.FindingPage;

/** The page on a finding. */
record FindingTool() implements Tool {
    @Override
    public String name() {
        return "finding";
    }

    @Override
    public String description() {
        return "The page of the documentation on a finding's code: what it means, an example, what to do.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "required": ["code"], "additionalProperties": false, "properties": {
                  "code": {"type": "string", "pattern": "^[Ss][Ss][0-9]{3}$"}
                }}
                """;
    }

    @Override
    public Answer call(ToolArguments arguments) {
        String name = arguments.text("code").toUpperCase(Locale.ROOT);
        Code code = Arrays.stream(Code.values())
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToolException("no finding has the code that is given"));
        return Answer.text(FindingPage.plain(code));
    }
}
