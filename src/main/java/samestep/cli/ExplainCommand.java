package samestep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.print.Notation;
import samestep.explain.Explainer;
import samestep.explain.Explanation;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.finding.UsedVersion;
import samestep.recipe.Recipe;
import samestep.report.ExplanationText;
import samestep.report.FindingPage;
import samestep.report.PiecesText;
import samestep.report.json.ExplanationJson;
import samestep.report.terminal.Paint;
import samestep.report.terminal.Wrapping;
import samestep.text.SourceText;
import samestep.text.Spelling;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;
import samestep.translate.Computed;
import samestep.translate.ConfigurationFile;

/** What a configuration means, or what a finding is about. */
final class ExplainCommand extends Command {
    private static final String PREFIX = "SS";

    ExplainCommand() {
        super(new Options(
                        "translate explain",
                        "Says what a configuration means: the update as equations with its numbers, where each number"
                                + " comes from, the learning rate, every parameter. Or what a finding is about.")
                .files("a configuration, or two beside each other; - reads standard input; or a finding's code")
                .configuration("--", "the first")
                .configuration("--other-", "the second")
                .run()
                .flag("--all", "each parameter of a large net in a row of its own")
                .number("--pieces", 0, "says the learning rate in so many constant pieces, and how near they come")
                .choice(
                        "--notation",
                        "NOTATION",
                        List.of("plain", "unicode", "latex"),
                        "of the equations: plain, unicode, or latex")
                .choice("--format", "FORMAT", List.of("text", "json"), "text, or json")
                .output()
                .allowOutside()
                .standardInputName()
                .footer(
                        "",
                        "Examples:",
                        "  translate explain solver.prototxt --gpus 2 --dataset-size 60000",
                        "  translate explain solver.prototxt port.json",
                        "  translate explain SS101",
                        "  translate explain SS           lists all findings"));
    }

    @Override
    int run() throws UnreadableSourceException {
        List<String> files = options().files();
        if (files.isEmpty() || files.size() > 2) {
            return usage("name a configuration to explain, or two, or a finding such as SS101");
        }
        String first = files.get(0);
        if (first.toUpperCase(Locale.ROOT).matches(PREFIX + "[0-9]*") && !Files.exists(Path.of(first))) {
            return finding(first.toUpperCase(Locale.ROOT));
        }
        if (options().number("--pieces") < 0) {
            return usage("--pieces: at least 1");
        }
        for (String file : files) {
            Optional<String> missing = missing(file);
            if (missing.isPresent()) {
                return usage(missing.get());
            }
        }
        return explain(files, options().chosen("--format").equals("json"));
    }

    private int explain(List<String> files, boolean json) throws UnreadableSourceException {
        List<String> names = new ArrayList<>();
        List<SourceText> source = new ArrayList<>();
        List<Recipe> recipes = new ArrayList<>();
        List<List<UsedVersion>> versions = new ArrayList<>();
        for (String file : files) {
            Outcome<ConfigurationFile> opened = open(file, recipes.isEmpty() ? "--" : "--other-");
            Outcome<Recipe> recipe = opened.then(ConfigurationFile::read);
            // What a translation leaves out does not matter here.
            report(recipe.findings().stream()
                    .filter(f -> f.code() != Code.SS902)
                    .toList());
            if (recipe.value().isEmpty()) {
                return Exit.USAGE;
            }
            source.add(opened.value().orElseThrow().input().source());
            names.add(source.get(source.size() - 1).name());
            recipes.add(recipe.value().get());
            versions.add(UsedVersion.of(recipe.findings()));
        }
        Outcome<String> product = Computed.of(source.get(0), Optional.of(recipes.get(0)), () -> {
            List<Explanation> explanations = explain(recipes);
            return Outcome.of(
                    json
                            ? ExplanationJson.print(names, explanations, versions)
                            : Paint.report(
                                    Visible.lines(
                                            text(names.stream().map(Visible::of).toList(), explanations)),
                                    outScreen()),
                    List.of());
        });
        report(product.findings());
        return product.value().isPresent() && write(product.value().get()) ? Exit.SAME : Exit.USAGE;
    }

    /** Where one of two says how long the run is, that holds for the other as well. */
    private List<Explanation> explain(List<Recipe> recipes) {
        OptionalLong updates = recipes.stream()
                .flatMapToLong(recipe -> recipe.schedule().horizon().stream())
                .findFirst();
        return recipes.stream()
                .map(recipe -> Explainer.explain(recipe, options().given().dataSet(), updates)
                        .in(notation()))
                .toList();
    }

    private String text(List<String> names, List<Explanation> explanations) {
        StringBuilder text = new StringBuilder(print(names, explanations));
        int pieces = options().number("--pieces");
        for (int i = 0; i < names.size() && pieces > 0; i++) {
            text.append(
                    PiecesText.print(names.get(i), explanations.get(i).recipe().schedule(), pieces));
        }
        return text.toString();
    }

    private String print(List<String> names, List<Explanation> explanations) {
        boolean all = options().isOn("--all");
        return explanations.size() == 1
                ? ExplanationText.print(
                        names.get(0), explanations.get(0), all, outScreen().width())
                : ExplanationText.print(
                        names.get(0),
                        explanations.get(0),
                        names.get(1),
                        explanations.get(1),
                        all,
                        outScreen().width());
    }

    private Notation notation() {
        return Notation.named(options().chosen("--notation")).orElseThrow();
    }

    private int finding(String code) {
        List<String> known = Arrays.stream(Code.values()).map(Code::name).toList();
        if (code.equals(PREFIX)) {
            for (Code each : Code.values()) {
                out().println(each.name() + "  " + each.title());
            }
            return Exit.SAME;
        }
        if (!known.contains(code)) {
            String near = Spelling.nearest(code, known);
            return usage("no finding " + code + "; " + (near.isEmpty() ? "" : "did you mean " + near + "? ")
                    + "translate explain SS lists them");
        }
        return write(Wrapping.lines(
                        FindingPage.plain(Code.valueOf(code)), outScreen().width()))
                ? Exit.SAME
                : Exit.USAGE;
    }
}
