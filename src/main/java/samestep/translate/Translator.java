package samestep.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.bound.Drift;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.compare.trait.RateInOptimizer;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.write.Proposal;
import samestep.equation.Expressions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;

/** Writes, reads back, compares; the best verdict wins. */
public final class Translator {
    /** The styles that are programs. */
    private static final String PROGRAM = "python";

    private final Dialect from;
    private final Dialect to;
    private final ProofMemory memory;

    /** From a framework to one that can be written; translating many files with one of these repeats no proof. */
    public Translator(Dialect from, Dialect to) {
        this(from, to, new ProofMemory());
    }

    /** The same, with proofs that were made elsewhere. */
    public Translator(Dialect from, Dialect to, ProofMemory memory) {
        this.from = from;
        this.to = to;
        this.memory = memory;
    }

    /**
     * A proposal.
     *
     * @param written it, read back
     */
    private record Judged(Proposal proposal, Recipe written, Comparison comparison) {}

    /** Translates a configuration; no value, and findings, when it cannot be read or has no counterpart at all. */
    public Outcome<Translation> translate(Input input) {
        return translate(input, to.styles().iterator().next());
    }

    /**
     * The same, in a style.
     *
     * @param style one of the target's
     */
    public Outcome<Translation> translate(Input input, String style) {
        return Computed.of(input.source(), Optional.empty(), () -> from.read(input))
                .then(recipe -> Computed.of(input.source(), Optional.of(recipe), () -> translate(recipe, style)));
    }

    private Outcome<Translation> translate(Recipe read, String style) {
        Optional<Finding> unwritable = WordNames.unwritable(read);
        if (unwritable.isPresent()) {
            return Outcome.failed(unwritable.get());
        }
        Residue residue = Residue.in(read);
        Recipe recipe = residue.recipe();
        List<Judged> judged = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        for (Proposal proposal : proposals(recipe, style)) {
            Outcome<Recipe> back = back(proposal, style);
            if (back.value().isEmpty()) {
                unread.addAll(back.findings());
                continue;
            }
            Proposal said = back.findings().stream().reduce(proposal, Proposal::with, (first, second) -> second);
            judged.add(judge(recipe, said, back.value().get()));
            if (judged.get(judged.size() - 1).comparison().isProven()) {
                break;
            }
        }
        if (judged.isEmpty() && !unread.isEmpty()) {
            return refused(unread);
        }
        Optional<Judged> best = judged.stream().min((one, other) -> better(one.comparison(), other.comparison()));
        if (best.isEmpty()) {
            return Outcome.failed(
                    Finding.of(Code.SS204, to.title() + " has nothing that corresponds to this optimizer"));
        }
        Comparison comparison = best.get().comparison();
        OptionalDouble verbatim = comparison.isProven()
                ? OptionalDouble.empty()
                : readBack(to.copyVerbatim(recipe, style), to.styleReadBack(style))
                        .value()
                        .map(copied -> Drift.measure(recipe, copied, memory))
                        .orElse(OptionalDouble.empty());
        List<Finding> findings = new ArrayList<>(residue.findings());
        findings.addAll(best.get().proposal().findings());
        findings.addAll(new Unwritten(recipe, best.get().written(), to.title())
                .findings(comparison, best.get().proposal().findings()));
        unread.stream().findFirst().map(this::unread).ifPresent(findings::add);
        SettingComparison settings = SettingComparison.of(
                recipe.allSettings(), to.held(settings(best.get(), style, devices(recipe)), style), Partners.byName());
        Checklist checklist = Checklist.of(settings, setting -> to.says(setting, style));
        checklist.finding(to.title()).ifPresent(findings::add);
        Proposal proposal = commented(best.get().proposal(), style, checklist);
        return Outcome.of(
                new Translation(
                        recipe, proposal, best.get().written(), comparison, settings, checklist, verbatim, findings),
                findings);
    }

    /** By verdict, then by drift. Not made of comparators: the JDK makes each of those at each start. */
    private static int better(Comparison one, Comparison other) {
        int verdicts = one.verdict().kind().compareTo(other.verdict().kind());
        return verdicts != 0
                ? verdicts
                : Double.compare(
                        one.drift().orElse(Double.MAX_VALUE), other.drift().orElse(Double.MAX_VALUE));
    }

    /** The settings of what was written, read back; a document of another style may say more of them. */
    private Settings settings(Judged judged, String style, Run run) {
        String own = to.styleOfSettings(style);
        if (own.equals(to.styleReadBack(style)) && !to.readsBackProgram(style)) {
            return judged.written().allSettings();
        }
        SourceText text =
                new SourceText("the translation", judged.proposal().texts().getOrDefault(own, ""));
        return to.read(Input.of(text).with(run))
                .value()
                .map(Recipe::allSettings)
                .orElse(Settings.NONE);
    }

    /** The source's devices train with what was written too: a batch is that of each. */
    private static Run devices(Recipe recipe) {
        long devices = recipe.settings().devices();
        return devices == 1 || devices > Integer.MAX_VALUE
                ? Run.UNKNOWN
                : new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of((int) devices));
    }

    /** A program says what it does not hold, for it is read apart from the findings. */
    private Proposal commented(Proposal proposal, String style, Checklist checklist) {
        return style.startsWith(PROGRAM) && !checklist.items().isEmpty()
                ? proposal.with(style, checklist.comment(to.title()))
                : proposal;
    }

    /** What the target can be; nothing in which steps that are epochs are counted as updates. */
    private List<Proposal> proposals(Recipe recipe, String style) {
        List<Proposal> proposals = new ArrayList<>(to.write(recipe, style));
        Recipe scheduled = RateInOptimizer.inSchedule(recipe);
        if (!scheduled.equals(recipe)) {
            proposals.addAll(to.write(scheduled, style));
        }
        for (FoldedLoss.Folded folded : FoldedLoss.of(recipe)) {
            to.write(folded.recipe(), style).forEach(p -> proposals.add(p.with(folded.finding())));
        }
        boolean mistaken = EpochGuard.countsEpochs(recipe)
                && proposals.stream()
                        .flatMap(p -> readBack(p, document(p, style)).value().stream())
                        .anyMatch(back -> EpochGuard.mistakes(back.schedule()));
        return mistaken
                ? to.write(EpochGuard.constant(recipe), style).stream()
                        .map(p -> p.with(EpochGuard.finding(recipe)))
                        .toList()
                : proposals;
    }

    /** Nothing is written where the framework itself refuses the values, or where what would be written is not read back. */
    private Outcome<Translation> refused(List<Finding> unread) {
        Finding reason = unread.stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .findFirst()
                .orElse(unread.get(0));
        if (reason.code() != Code.SS004) {
            return Outcome.failed(Finding.of(
                    Code.SS010,
                    "this cannot be written for " + to.title() + ": what would be written is not read back: "
                            + reason.message()));
        }
        return Outcome.failed(
                Finding.of(Code.SS204, to.title() + " refuses what corresponds to it: " + reason.message())
                        .as(Severity.ERROR));
    }

    /** A way of writing that failed is not the best one, but the others are tried. */
    private Finding unread(Finding reason) {
        return Finding.of(
                        Code.SS010,
                        "one way of writing this for " + to.title() + " was not read back, and was left out: "
                                + reason.message())
                .as(Severity.WARNING);
    }

    private Judged judge(Recipe recipe, Proposal proposal, Recipe back) {
        return new Judged(proposal, back, Comparer.compare(recipe, back, Partners.byName(), memory));
    }

    /**
     * What was written, read back: the program itself where the target reads those of its own, else the document of the same
     * proposal. Where a program is not read, its document is judged, and a finding says so.
     */
    private Outcome<Recipe> back(Proposal proposal, String style) {
        boolean isProgram = to.readsBack(proposal, style);
        Outcome<Recipe> read = readBack(proposal, isProgram ? style : document(proposal, style));
        if (read.value().isPresent()) {
            return Outcome.of(read.value().get(), List.of());
        }
        Outcome<Recipe> document = isProgram ? readBack(proposal, document(proposal, style)) : read;
        return document.value().isPresent()
                ? Outcome.of(document.value().get(), List.of(apart(read)))
                : Outcome.failed(document.findings());
    }

    /** What is read back: the usual document, or the text of the style itself where only that can say the proposal. */
    private String document(Proposal proposal, String style) {
        String usual = to.styleReadBack(style);
        return proposal.texts().containsKey(usual) ? usual : style;
    }

    private static Finding apart(Outcome<Recipe> program) {
        String reason = program.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .findFirst()
                .map(Finding::message)
                .orElse("no reason is given");
        return Finding.of(Code.SS010, "the program that is written is not read back: " + reason)
                .as(Severity.WARNING)
                .detail("The result is of the JSON document with the same numbers.");
    }

    /** One text of a proposal, read by the reader that users' files go through. */
    private Outcome<Recipe> readBack(Proposal proposal, String style) {
        String name = style.startsWith(PROGRAM) ? "the translation.py" : "the translation";
        SourceText text = new SourceText(name, proposal.texts().getOrDefault(style, ""));
        Optional<SourceText> model = proposal.model().map(m -> new SourceText("the translation's model", m));
        // A number that is written to 17 digits is compared as what it stands for.
        return to.read(model.map(m -> Input.of(text, m)).orElse(Input.of(text)))
                .then(recipe -> Outcome.of(
                        recipe.mapped(value -> Expressions.replaceNumbers(value, proposal.written())), List.of()));
    }
}
