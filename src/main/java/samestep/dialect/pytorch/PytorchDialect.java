package samestep.dialect.pytorch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.TorchSettingWords;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.object.ConstructorChecks;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.program.ProgramForm;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;

/** PyTorch, and what configures training with it. */
public final class PytorchDialect implements Dialect {
    /** A Python text, beside the styles of the forms. */
    public static final String PYTHON = "python";

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public List<String> aliases() {
        return List.of("torch", "pt");
    }

    @Override
    public String title() {
        return "PyTorch";
    }

    @Override
    public Set<String> datedLibraries() {
        return Ledgers.dated();
    }

    @Override
    public String describes() {
        return PytorchForms.all().stream().map(PytorchForm::describes).collect(Collectors.joining(", "));
    }

    @Override
    public boolean recognises(SourceText source) {
        return PytorchForms.of(source).isPresent();
    }

    @Override
    public boolean isImportedBy(SourceText program) {
        return ProgramForm.isImportedBy(program);
    }

    @Override
    public Optional<String> unread(SourceText source) {
        return UnreadForms.of(source)
                .map(library -> "a " + library + (library.contains("configuration") ? "" : " configuration"));
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return PytorchForms.of(input.source())
                .or(() -> ProgramForm.of(input.source()))
                .map(form -> ProgramText.inFile(input.source(), usable(read(form, input))))
                .orElseGet(() -> notOne(input.source()));
    }

    private static Outcome<Recipe> read(PytorchForm form, Input input) {
        Outcome<PytorchConfiguration> configuration = form.read(input);
        return form.isConstructed()
                ? configuration.then(ConstructorChecks::accepted).then(PytorchReader::read)
                : configuration.then(PytorchReader::read);
    }

    @Override
    public List<String> parts(Input input) {
        return PytorchForms.of(input.source()).map(form -> form.parts(input)).orElse(List.of());
    }

    /** A YAML file that is broken may be one, and its error is what helps. */
    private Outcome<Recipe> notOne(SourceText source) {
        if (source.name().endsWith(".yaml") || source.name().endsWith(".yml")) {
            Outcome<?> parsed = ConfigurationText.parse(source);
            if (parsed.findings().stream().anyMatch(f -> f.code() == Code.SS001)) {
                return Outcome.failed(parsed.findings());
            }
        }
        Optional<String> library = unread(source);
        if (library.isPresent()) {
            return Outcome.failed(Finding.at(
                    Place.start(source), Code.SS010, "this is " + library.get() + ", which cannot be read yet"));
        }
        return Outcome.failed(
                Finding.at(Place.start(source), Code.SS008, "this is not a training configuration of PyTorch")
                        .detail("Expected " + describes() + "."));
    }

    /** Nothing is made of a file that something is wrong with. */
    private static Outcome<Recipe> usable(Outcome<Recipe> outcome) {
        return outcome.hasErrors() ? Outcome.failed(outcome.findings()) : outcome;
    }

    @Override
    public Set<String> styles() {
        // What is read back comes first.
        Set<String> styles = new LinkedHashSet<>(List.of(JsonForm.STYLE));
        PytorchForms.all().forEach(form -> form.style().ifPresent(styles::add));
        styles.add(PYTHON);
        return styles;
    }

    @Override
    public boolean hasStyle(SourceText source, String style) {
        return PytorchForms.of(source).flatMap(PytorchForm::style).equals(Optional.of(style));
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return PytorchWriter.proposals(recipe, JsonForm.STYLE);
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return PytorchWriter.proposals(recipe, style);
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return PytorchForms.of(existing)
                .map(form -> rewrite(recipe, existing, form))
                .orElseGet(() -> Dialect.super.rewrite(recipe, existing, layers));
    }

    private static Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, PytorchForm form) {
        if (form.style().isEmpty() || form.change().isEmpty()) {
            return Outcome.failed(
                    Finding.of(Code.SS010, "files of this form cannot be changed yet: " + form.describes()));
        }
        return new FormRewriter(recipe, existing)
                .rewrites(form.style().get(), form.change().get());
    }

    /** The files of libraries give in fields what they can; the rest is in programs, or nowhere. */
    @Override
    public String says(Setting setting, String style) {
        boolean sayable = !isForm(style) || setting.kind() == SettingKind.DEVICES;
        return sayable ? TorchSettingWords.of(setting) : "";
    }

    @Override
    public boolean readsBackProgram(String style) {
        return style.equals(PYTHON);
    }

    /** The document that is written for a library says settings that ours has no fields for. */
    @Override
    public String styleOfSettings(String style) {
        return isForm(style) ? style : styleReadBack(style);
    }

    /** Our document says how many updates the run has; the program does not. */
    @Override
    public Settings held(Settings readBack, String style) {
        return style.equals(PYTHON)
                ? new Settings(readBack.all().stream()
                        .filter(s -> s.kind() != SettingKind.UPDATES)
                        .toList())
                : readBack;
    }

    private static boolean isForm(String style) {
        return PytorchForms.all().stream()
                .anyMatch(form -> form.style().equals(Optional.of(style)) && !style.equals(JsonForm.STYLE));
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return PytorchWriter.verbatim(recipe);
    }
}
