package samestep.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, made of what it declares, in the language of man. */
final class ManualPage {
    /** The heading of the exit codes in the help. */
    static final String EXIT_CODES = "Exit codes:";
    /** The heading of the examples in the help. */
    static final String EXAMPLES = "Examples:";

    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManualPage(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * The page.
     *
     * @param spec the command's name, options and words
     * @param version of the program; may be empty
     * @param commands names of other pages to refer to
     */
    static String of(CommandSpec spec, String version, List<String> commands) {
        ManualPage manual = new ManualPage(spec);
        manual.head(version);
        manual.options();
        manual.rest();
        manual.section("SEE ALSO");
        manual.line(commands.stream().map(name -> bold(name) + "(1)").collect(Collectors.joining(", ")));
        return manual.page.toString();
    }

    /** What its file is called, such as {@code translate-check}. */
    static String name(CommandSpec spec) {
        return spec.name().replace(' ', '-');
    }

    private void head(String version) {
        String title = name(spec).toUpperCase(Locale.ROOT);
        line(".TH \"" + title + "\" 1 \"\" \"" + escaped("samestep " + version).strip() + "\" \"Samestep\"");
        // Neither hyphens in words nor lines filled up to the margin: options are copied from here.
        line(".nh");
        line(".ad l");
        String description = String.join(" ", spec.usageMessage().description());
        section("NAME");
        line(escaped(name(spec)) + " \\- " + escaped(firstSentence(description)));
        section("SYNOPSIS");
        String files = spec.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .map(label -> " [" + italic(label) + "...]")
                .collect(Collectors.joining());
        line(bold(spec.name()) + " [" + italic("OPTION") + "...]" + files);
        section("DESCRIPTION");
        line(escaped(description));
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry(italic(parameter.paramLabel()), String.join(" ", parameter.description()));
        }
    }

    private void options() {
        section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            String names = Arrays.stream(option.names()).map(ManualPage::bold).collect(Collectors.joining(", "));
            boolean takesValue = option.arity().max() > 0;
            String byDefault = takesValue && option.defaultValue() != null
                    ? " [" + option.defaultValue().toLowerCase(Locale.ROOT) + "]"
                    : "";
            entry(
                    names + (takesValue ? " " + italic(option.paramLabel()) : ""),
                    String.join(" ", option.description()) + byDefault);
        }
    }

    /** The text under the options: paragraphs, two of which have sections of their own. */
    private void rest() {
        List<String> notes = new ArrayList<>();
        List<String> examples = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        List<String> current = notes;
        for (String text : spec.usageMessage().footer()) {
            if (text.equals(EXAMPLES)) {
                current = examples;
            } else if (text.equals(EXIT_CODES)) {
                current = codes;
            } else if (!text.isEmpty()) {
                current.add(text);
            }
        }
        paragraphs("NOTES", notes);
        asWritten("EXIT STATUS", codes);
        asWritten("EXAMPLES", examples);
    }

    private void asWritten(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            section(title);
            line(".nf");
            lines.stream().map(String::strip).map(ManualPage::escaped).forEach(this::line);
            line(".fi");
        }
    }

    private void paragraphs(String title, List<String> paragraphs) {
        if (!paragraphs.isEmpty()) {
            section(title);
            line(paragraphs.stream().map(ManualPage::escaped).collect(Collectors.joining("\n.PP\n")));
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void entry(String term, String description) {
        line(".TP");
        line(term);
        line(escaped(description));
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String firstSentence(String description) {
        String first = description.split("[,;:.]( |$)", 2)[0];
        return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** As plain text: a hyphen is a minus, and nothing is a request. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
