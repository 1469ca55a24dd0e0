package samestep.dialect.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.ledger.LedgerRemainder;
import samestep.recipe.setting.Settings;
import samestep.syntax.ini.IniDocument;
import samestep.text.SourceText;
import samestep.text.Span;

/** From a file to a recipe. */
final class DarknetReader {
    /** Batch and subdivisions of training are often in a comment, while those of testing are in effect. */
    private static final Pattern COMMENTED_BATCH = Pattern.compile("(?m)^[ \\t]*#[ \\t]*(batch[ \\t]*=[ \\t]*\\d+)");

    private final SourceText source;
    private final Cfg cfg;
    private final List<Finding> findings;

    private DarknetReader(IniDocument document, List<Finding> findings) {
        this.source = document.source();
        this.findings = findings;
        this.cfg = new Cfg(document, findings);
    }

    static Outcome<Recipe> read(IniDocument document) {
        if (document.sections().isEmpty() || !Cfg.isNet(document.sections().get(0))) {
            return Outcome.failed(Finding.at(
                    Place.start(document.source()), Code.SS008, "the first section of a Darknet file must be [net]"));
        }
        List<Finding> findings = new ArrayList<>();
        Optional<Recipe> recipe = new DarknetReader(document, findings).recipe();
        return new Outcome<>(recipe, findings);
    }

    private Optional<Recipe> recipe() {
        Optional<Schedule> schedule = DarknetSchedule.read(cfg, findings);
        Optional<Quantity> batch = batch();
        DarknetLosses losses = DarknetLosses.of(cfg);
        List<Stage> before = new ArrayList<>();
        losses.stage(findings).ifPresent(before::add);
        List<Parameter> known = DarknetParameters.of(cfg, findings);
        Settings settings = new Settings(losses.settings()).and(DarknetSettings.of(cfg, known));
        again();
        LedgerRemainder remainder = LedgerRemainder.of(cfg.program().ledger(), cfg, cfg.place());
        findings.addAll(remainder.findings());
        before.addAll(remainder.stages());
        negative();
        notInThisFile(batch, schedule);
        if (schedule.isEmpty() || findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            return Optional.empty();
        }
        return Optional.of(new Recipe("Darknet", after(before, known), schedule.get(), Recipe.Counting.UPDATES)
                .withBatchSize(batch)
                .withSettings(settings.with(cfg.unjudged()))
                .withUnknown(remainder.unknown()));
    }

    private static List<Parameter> after(List<Stage> before, List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> new Parameter(
                        p.name(),
                        p.rateMultiplier(),
                        p.frozen(),
                        Stream.concat(before.stream(), p.stages().stream()).toList(),
                        p.place()))
                .toList();
    }

    /**
     * Images of an update. A micro-step takes batch / subdivisions of them, and what is left over is dropped; gradients and decay
     * are summed over all of them, and the rate is divided by their number, so that only their number matters. Source: parser.c,
     * parse_net_options; network.c, update_network.
     */
    private Optional<Quantity> batch() {
        Quantity batch = cfg.net().whole("batch");
        long images = cfg.net().count("batch");
        long parts = cfg.net().count("subdivisions");
        long steps = cfg.net().count("time_steps");
        if (parts < 1 || images / parts < 1 || steps < 1) {
            findings.add(Finding.at(
                    cfg.net().place(parts < 1 ? "subdivisions" : "batch"),
                    Code.SS004,
                    "batch / subdivisions must be at least 1: Darknet computes with whole numbers, and divides by it"));
            return Optional.empty();
        }
        testing(images);
        long taken = images / parts * parts * steps;
        if (taken == images) {
            return Optional.of(batch);
        }
        if (images % parts != 0) {
            findings.add(Finding.at(
                    cfg.net().place("subdivisions"),
                    Code.SS203,
                    "batch " + images + " is not a multiple of subdivisions " + parts + ": an update takes "
                            + images / parts * parts + " images"));
        }
        return Optional.of(batch.derived(Expression.literal(taken), "batch, subdivisions and time_steps"));
    }

    private void testing(long images) {
        Span net = cfg.net().section().span();
        Matcher commented = COMMENTED_BATCH.matcher(source.slice(net));
        if (images == 1 && commented.find()) {
            findings.add(Finding.at(
                            cfg.net().place("batch"),
                            Code.SS203,
                            "batch 1 is for testing: every update would be of one image")
                    .detail("A comment says " + commented.group(1).replaceAll("[ \\t]", "") + "."));
        }
    }

    /** The first of several counts. */
    private void again() {
        cfg.sections()
                .forEach(section -> section.again()
                        .forEach(option -> findings.add(Finding.at(
                                        new Place(source, option.keySpan().to(option.valueSpan())),
                                        Code.SS005,
                                        option.key() + " is given twice, with two values; Darknet takes the first, "
                                                + section.section()
                                                        .first(option.key())
                                                        .orElseThrow()
                                                        .value())
                                .as(Severity.WARNING))));
    }

    private void negative() {
        if (cfg.net().number("decay").decimal().signum() < 0) {
            findings.add(Finding.at(
                    cfg.net().place("decay"), Code.SS203, "decay is negative: the weights grow by themselves"));
        }
    }

    private void notInThisFile(Optional<Quantity> batch, Optional<Schedule> schedule) {
        String images = batch.map(b -> b.decimal().toBigInteger() + " images in an update")
                .orElse("the batch");
        String updates = schedule.filter(s -> s.horizon().isPresent())
                .map(s -> s.horizon().getAsLong() + " updates (max_batches)")
                .orElse("the number of updates");
        findings.add(Finding.of(
                Code.SS902,
                "not in the result; set these yourself, the same as here: " + images + ", " + updates
                        + ", a loss that is the mean over the images of each one's sum"));
    }
}
