package samestep.dialect.caffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Companions;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.caffe.net.Net;
import samestep.dialect.caffe.net.NetReader;
import samestep.dialect.caffe.program.SolverProgram;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.solver.Solver;
import samestep.dialect.caffe.solver.SolverField;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.Settings;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtDocument;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.text.LatePattern;
import samestep.text.SourceText;

/** Reads Caffe solvers with their nets, and writes them. */
public final class CaffeDialect implements Dialect {
    private static final Set<String> OTHERS =
            Set.of("yaml", "yml", "json", "py", "ipynb", "md", "rst", "html", "toml", "ini", "cfg", "sh");

    /** Caffe's two; another program's solver file may have a field of that name too. */
    private static final LatePattern SOLVER_MODE = new LatePattern("\\bsolver_mode\\s*:\\s*(CPU|GPU|0|1)\\b");

    @Override
    public String name() {
        return "caffe";
    }

    @Override
    public String title() {
        return "Caffe";
    }

    @Override
    public String describes() {
        return "a solver prototxt, with its net (BVLC Caffe 1.0; V0, V1 and V2 nets)";
    }

    @Override
    public boolean recognises(SourceText source) {
        return SolverProgram.recognises(source)
                || !isNamedOtherwise(source.name()) && (isSolver(source.withoutMark()) || isNet(source.withoutMark()));
    }

    /** detectron2's YAML has a base_lr, Python code has everything. */
    private static boolean isNamedOtherwise(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return OTHERS.contains(ending);
    }

    private static boolean isSolver(String text) {
        return !text.stripLeading().startsWith("{")
                && (text.contains("base_lr")
                        || text.contains("lr_policy")
                        || SOLVER_MODE.matcher(text).find());
    }

    private static boolean isNet(String text) {
        return !text.stripLeading().startsWith("{")
                && (text.contains("layer {") || text.contains("layers {") || text.contains("layer{"));
    }

    @Override
    public Set<String> styles() {
        return Set.of(CaffeWriter.PROTOTXT);
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return CaffeWriter.solutions(recipe).stream()
                .map(CaffeWriter.Solution::proposal)
                .toList();
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(existing);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(document -> isNet(existing.text())
                ? Outcome.of(CaffeRewriter.rewrites(recipe, existing, document.root(), layers), List.of())
                : Outcome.failed(Finding.of(
                                Code.SS008,
                                existing.name() + " is not a net; --onto changes the net, and a new solver is written")
                        .detail("Give the net: --onto train_val.prototxt --in-place -o " + existing.name())));
    }

    /** A layer of the written net gives its own settings only; what Caffe does with the rest is not written. */
    @Override
    public Settings held(Settings readBack, String style) {
        return new Settings(readBack.all().stream()
                .filter(s -> s.isWritten() || s.kind().scope() == SettingKind.Scope.RUN)
                .toList());
    }

    @Override
    public String says(Setting setting, String style) {
        String value = setting.value().words();
        return switch (setting.kind()) {
            case SAMPLES_PER_UPDATE -> "batch_size of the data layer, times iter_size";
            case UPDATES, EPOCHS -> "max_iter";
            case LOSS ->
                value.equals("softmax cross-entropy")
                        ? "type: \"SoftmaxWithLoss\""
                        : value.equals("sigmoid cross-entropy") ? "type: \"SigmoidCrossEntropyLoss\"" : "";
            case LOSS_REDUCTION -> value.equals("sum") ? "loss_param { normalization: NONE }" : "";
            case STATISTICS_KEPT -> "batch_norm_param { moving_average_fraction: " + value + " }";
            default -> "";
        };
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return CaffeWriter.verbatim(recipe);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return SolverProgram.recognises(input.source())
                ? SolverProgram.read(
                        input,
                        name -> CaffeSchema.schema().message("SolverParameter").field(name),
                        this::solver)
                : solver(input);
    }

    private Outcome<Recipe> solver(Input input) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(input.source());
        return parsed.hasErrors() ? Outcome.failed(parsed.findings()) : parsed.then(document -> read(document, input));
    }

    @Override
    public Optional<List<Finding>> readPart(SourceText source) {
        if (!isNet(source.text())) {
            return Optional.empty();
        }
        Outcome<PrototxtDocument> parsed = Prototxt.parse(source);
        Optional<PrototxtMessage> root = parsed.value().map(PrototxtDocument::root);
        if (parsed.hasErrors() || root.filter(CaffeDialect::isNet).isEmpty()) {
            return parsed.hasErrors() ? Optional.of(parsed.findings()) : Optional.empty();
        }
        List<Finding> findings = new ArrayList<>(parsed.findings());
        findings.addAll(
                NetReader.read(source, root.get(), Optional.empty(), false).findings());
        return Optional.of(findings);
    }

    private static boolean isNet(PrototxtMessage root) {
        boolean layers =
                !root.fields("layer").isEmpty() || !root.fields("layers").isEmpty();
        return layers
                && root.last("base_lr").isEmpty()
                && root.last("lr_policy").isEmpty();
    }

    private Outcome<Recipe> read(PrototxtDocument document, Input input) {
        List<Finding> findings = new ArrayList<>();
        PrototxtMessage root = document.root();
        if (isNet(root)) {
            PrototxtField layer = root.fields().stream()
                    .filter(f -> f.name().equals("layer") || f.name().equals("layers"))
                    .findFirst()
                    .orElseThrow();
            return Outcome.failed(Finding.at(
                            new Place(input.source(), layer.nameSpan()),
                            Code.SS008,
                            input.source().name() + " is a net, not a solver; the solver holds the rates and the decay")
                    .detail("Give the solver, and this file as --net "
                            + input.source().name() + "."));
        }
        Solver solver = new Solver(input.source(), root, findings);
        Outcome<Optional<Net>> found = net(solver, input);
        findings.addAll(found.findings());
        CaffeReader reader = new CaffeReader(solver, findings);
        reader.checkPenalty();
        Optional<Recipe> recipe = reader.read(found.value().flatMap(n -> n)).map(input.run()::devices);
        return new Outcome<>(recipe, findings);
    }

    /** The net: as given, inside the solver, or the file that the solver names. */
    private static Outcome<Optional<Net>> net(Solver solver, Input input) {
        for (SolverField inline : List.of(SolverField.TRAIN_NET_PARAM, SolverField.NET_PARAM)) {
            Optional<PrototxtMessage> message = solver.message(inline);
            if (message.isPresent() && input.model().isEmpty()) {
                Net net = NetReader.read(input.source(), message.get(), solver.message(SolverField.TRAIN_STATE), true);
                return Outcome.of(Optional.of(net), net.findings());
            }
        }
        if (input.model().isPresent()) {
            return parse(solver, input.model().get(), List.of());
        }
        for (SolverField file : List.of(SolverField.TRAIN_NET, SolverField.NET)) {
            if (solver.has(file)) {
                return lookUp(solver, file, input.companions());
            }
        }
        return Outcome.of(
                Optional.empty(),
                List.of(assumed(solver, SolverField.NET, "the solver names no net")
                        .detail("Caffe refuses such a solver.")));
    }

    private static Outcome<Optional<Net>> lookUp(Solver solver, SolverField field, Companions companions) {
        String reference = solver.word(field);
        Companions.Search search = companions.find(reference);
        if (search.found().isPresent()) {
            SourceText text = search.found().get();
            if (!isNet(text.text()) && !holdsLayers(text)) {
                return notANet(solver, field, text.name());
            }
            Finding used = Finding.of(Code.SS007, "net: " + text.name());
            return parse(solver, text, List.of(used));
        }
        Optional<Finding> refused = search.refused(solver.place(field).orElseThrow(), "net");
        if (refused.isPresent()) {
            Finding unknown = assumed(solver, field, "net \"" + reference + "\" was not read");
            return Outcome.of(Optional.empty(), List.of(refused.get(), unknown));
        }
        Finding finding = assumed(solver, field, "net \"" + reference + "\" was not found");
        if (!search.lookedIn().isEmpty()) {
            finding = finding.detail("Looked in " + String.join(", ", search.lookedIn()) + ".");
        }
        for (String similar : search.similar()) {
            finding = finding.detail("Did you mean --net " + similar + "?");
        }
        return Outcome.of(Optional.empty(), List.of(finding));
    }

    private static boolean holdsLayers(SourceText text) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(text);
        return !parsed.hasErrors()
                && parsed.value()
                        .map(PrototxtDocument::root)
                        .filter(root -> !root.fields("layer").isEmpty()
                                || !root.fields("layers").isEmpty())
                        .isPresent();
    }

    /** Nothing of the file is shown: it may be any file of this machine. */
    private static Outcome<Optional<Net>> notANet(Solver solver, SolverField field, String file) {
        Finding refused = solver.finding(field, Code.SS004, file + " is not a net: it has no layers")
                .as(Severity.ERROR);
        return Outcome.of(
                Optional.empty(), List.of(refused, assumed(solver, field, "net \"" + file + "\" is not a net")));
    }

    private static Finding assumed(Solver solver, SolverField field, String why) {
        return solver.finding(
                        field,
                        Code.SS006,
                        why + ", so Caffe's defaults are assumed: every parameter decays, biases too, at the full rate")
                .detail("Many nets switch the decay of biases off (decay_mult: 0). Give the net with --net FILE.");
    }

    private static Outcome<Optional<Net>> parse(Solver solver, SourceText text, List<Finding> before) {
        Outcome<PrototxtDocument> document = Prototxt.parse(text);
        List<Finding> findings = new ArrayList<>(before);
        findings.addAll(document.findings());
        if (document.value().isEmpty() || document.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            return new Outcome<>(Optional.empty(), findings);
        }
        PrototxtMessage root = document.value().get().root();
        if (root.fields("layer").isEmpty() && root.fields("layers").isEmpty()) {
            findings.add(Finding.at(Place.start(text), Code.SS008, text.name() + " has no layers: it is not a net"));
            return Outcome.of(Optional.empty(), findings);
        }
        Net net = NetReader.read(text, root, solver.message(SolverField.TRAIN_STATE), false);
        findings.addAll(net.findings());
        return Outcome.of(Optional.of(net), findings);
    }
}
