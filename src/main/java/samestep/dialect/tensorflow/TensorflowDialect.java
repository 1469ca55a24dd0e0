package samestep.dialect.tensorflow;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.call.CallsForm;
import samestep.dialect.tensorflow.garden.GardenForm;
import samestep.dialect.tensorflow.pipeline.PipelineForm;
import samestep.dialect.tensorflow.traced.GraphForm;
import samestep.dialect.tensorflow.traced.TracedForm;
import samestep.dialect.tensorflow.write.ProgramApi;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Reads the documents that training with TensorFlow is configured in, and writes some of them. */
public final class TensorflowDialect implements Dialect {
    /** Each form is one line here; a document belongs to the first that recognises it. */
    private static final List<TensorflowForm> FORMS =
            List.of(new PipelineForm(), new GardenForm(), new CallsForm(), new GraphForm(), new TracedForm());

    @Override
    public String name() {
        return "tensorflow";
    }

    @Override
    public List<String> aliases() {
        return List.of("tf", "tf1", "tf2", "tensorflow1", "tensorflow2");
    }

    @Override
    public String title() {
        return "TensorFlow";
    }

    @Override
    public String describes() {
        return FORMS.stream().map(TensorflowForm::describes).collect(Collectors.joining(", "));
    }

    @Override
    public boolean recognises(SourceText source) {
        return form(source).isPresent();
    }

    private static Optional<TensorflowForm> form(SourceText source) {
        return FORMS.stream().filter(form -> form.recognises(source)).findFirst();
    }

    @Override
    public Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        for (TensorflowForm form : FORMS) {
            Optional<SourceText> text = form.unpack(file, head);
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return form(input.source())
                .map(form -> form.read(input))
                .orElseGet(() -> Outcome.failed(Finding.at(
                                Place.start(input.source()),
                                Code.SS008,
                                input.source().name() + " is not a training configuration of TensorFlow")
                        .detail("Expected one of: " + describes() + ".")));
    }

    @Override
    public Set<String> styles() {
        Set<String> styles = new LinkedHashSet<>();
        FORMS.forEach(form -> styles.addAll(form.styles()));
        return styles;
    }

    @Override
    public boolean hasStyle(SourceText source, String style) {
        return form(source).equals(Optional.of(writer(style)));
    }

    @Override
    public String styleReadBack(String style) {
        return writer(style).styles().iterator().next();
    }

    @Override
    public boolean readsBackProgram(String style) {
        return style.startsWith(ProgramApi.PREFIX);
    }

    private static TensorflowForm writer(String style) {
        return FORMS.stream()
                .filter(form -> form.styles().contains(style))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return write(recipe, styles().iterator().next());
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return writer(style).write(recipe, style);
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return form(existing)
                .map(form -> form.rewrite(recipe, existing, layers)
                        .then(rewrites -> rewrites.isEmpty()
                                ? Outcome.<List<Rewrite>>failed(
                                        Finding.of(Code.SS204, existing.name() + " cannot say an optimizer like this"))
                                : Outcome.of(rewrites, List.of())))
                .orElseGet(() -> Outcome.failed(
                        Finding.of(Code.SS008, existing.name() + " is not a training configuration of TensorFlow")));
    }

    @Override
    public String says(Setting setting, String style) {
        return writer(style).says(setting, style);
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return copyVerbatim(recipe, styles().iterator().next());
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe, String style) {
        return writer(style)
                .copyVerbatim(recipe, style)
                .orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }
}
