package samestep.dialect.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.keras.document.KerasArchive;
import samestep.dialect.keras.document.KerasDocument;
import samestep.dialect.keras.document.KerasHdf;
import samestep.dialect.keras.layer.KerasSettingWords;
import samestep.dialect.keras.program.KerasProgram;
import samestep.dialect.keras.program.ProgramReading;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.dialect.keras.write.KerasRewriter;
import samestep.dialect.keras.write.KerasWriter;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.UnreadableSourceException;

/** Reads every version of Keras, and writes one. */
public final class KerasDialect implements Dialect {
    /** A document, which says all that JSON can say of the Python text too. */
    public static final String JSON = "json";
    /** Constructor calls, read back by themselves. */
    public static final String PYTHON = "python";

    private final KerasGeneration generation;

    /** Reads every version, and writes Keras 3. */
    public KerasDialect() {
        this(KerasGeneration.KERAS_3);
    }

    private KerasDialect(KerasGeneration generation) {
        this.generation = generation;
    }

    @Override
    public List<String> versions() {
        return KerasGeneration.writable();
    }

    @Override
    public Dialect inVersion(String version) {
        return new KerasDialect(KerasGeneration.named(version).orElseThrow());
    }

    @Override
    public String name() {
        return "keras";
    }

    @Override
    public String title() {
        return "Keras";
    }

    @Override
    public String describes() {
        return "a model's to_json(), .keras and .h5 files, compile_config, training_config, a serialized optimizer";
    }

    @Override
    public boolean isImportedBy(SourceText program) {
        return KerasProgram.isImportedBy(program);
    }

    @Override
    public boolean recognises(SourceText source) {
        if (KerasProgram.recognises(source)) {
            return true;
        }
        String text = source.withoutMark().stripLeading();
        return text.startsWith("{") && (text.contains("\"class_name\"") || text.contains("\"samestep\": \"keras/"));
    }

    @Override
    public Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        if (KerasArchive.begins(head)) {
            return Optional.of(KerasArchive.read(file));
        }
        return KerasHdf.begins(head) ? Optional.of(KerasHdf.read(file)) : Optional.empty();
    }

    @Override
    public boolean pack(Path original, SourceText changed, Path target) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(original)) {
            head = in.readNBytes(8);
        }
        if (KerasHdf.begins(head)) {
            throw new IOException(
                    original + ": HDF5 files are read and not changed; save the model as .keras, or give its JSON");
        }
        if (!KerasArchive.begins(head)) {
            return false;
        }
        KerasArchive.write(original, changed, target);
        return true;
    }

    @Override
    public Set<String> styles() {
        return new LinkedHashSet<>(List.of(JSON, PYTHON));
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return KerasProgram.isProgram(input.source()) ? program(input) : document(input);
    }

    @Override
    public List<String> parts(Input input) {
        return KerasProgram.recognises(input.source())
                ? KerasProgram.parts(input.source(), input.companions())
                : List.of();
    }

    private static Outcome<Recipe> program(Input input) {
        Outcome<ProgramReading> program =
                KerasProgram.read(input.source(), input.companions(), input.part(), KerasDefaults::named);
        return ProgramText.inFile(
                input.source(),
                program.then(reading -> reading.inTheProgram(
                        document(new Input(reading.document(), input.model(), input.companions(), input.run())),
                        input.run().updatesPerEpoch())));
    }

    private static Outcome<Recipe> document(Input input) {
        Outcome<JsonObject> document = object(input.source());
        if (document.value().isEmpty()) {
            return Outcome.failed(document.findings());
        }
        if (input.model().isEmpty()) {
            return document.then(root -> KerasDocument.of(input.source(), root).read());
        }
        SourceText model = input.model().get();
        return document.then(root -> object(model)
                .then(m -> KerasDocument.of(input.source(), root, model, m).read()));
    }

    private static Outcome<JsonObject> object(SourceText source) {
        Outcome<JsonValue> parsed = Json.parse(source);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(value -> value instanceof JsonObject root
                ? Outcome.of(root, List.of())
                : Outcome.failed(Finding.at(new Place(source, new Span(0, 0)), Code.SS008, "expected a JSON object")));
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return KerasWriter.proposals(generation, recipe);
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return KerasWriter.solutions(generation, recipe, style.equals(PYTHON)).stream()
                .map(KerasWriter.Solution::proposal)
                .toList();
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        if (KerasProgram.isProgram(existing)) {
            return Outcome.failed(Finding.at(
                    Place.start(existing),
                    Code.SS010,
                    "a program is not rewritten yet; compare says which literal to change"));
        }
        Outcome<JsonObject> document = object(existing);
        List<Finding> twice = document.findings().stream()
                .filter(f -> f.code() == Code.SS005)
                .map(f -> f.as(Severity.ERROR))
                .toList();
        if (!twice.isEmpty()) {
            return new Outcome<>(Optional.empty(), twice);
        }
        return document.then(root -> Outcome.of(KerasRewriter.rewrites(recipe, existing, root, layers), List.of()));
    }

    @Override
    public String says(Setting setting, String style) {
        return KerasSettingWords.of(setting);
    }

    @Override
    public boolean readsBackProgram(String style) {
        return style.equals(PYTHON);
    }

    /** The class that asks a library's rule is judged by the document, whose expressions say the same of names. */
    @Override
    public boolean readsBack(Proposal proposal, String style) {
        return readsBackProgram(style)
                && !KerasPythonClasses.hasRule(proposal.texts().getOrDefault(PYTHON, ""));
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return KerasWriter.verbatim(generation, recipe);
    }
}
