package samestep.dialect.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.TextFormatAgreement;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.schema.SchemaCheck;
import samestep.dialect.schema.Schema;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtDocument;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Where protobuf's TextFormat accepts a file, we read the same values; what it refuses, the schema check refuses. */
class TextFormatAgreementTest {
    private static final Path CORPUS = Path.of("../shared/corpus");
    private final TextFormatAgreement protobuf = TextFormatAgreement.load("caffe", CaffeSchema.schema(), false);

    TextFormatAgreementTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({
        "solver, SolverParameter, 25",
        "net, NetParameter, 9",
        "old-net, NetParameter, 3",
    })
    void theSpellingsOfTheFormatMeanTheSame(String name, String type, int fields) throws IOException {
        Path path = Path.of("src/test/resources/samestep/dialect/caffe/agreement", name + ".prototxt");
        SourceText source = SourceReader.read(path);
        DynamicMessage theirs = protobuf.parse(source.text(), type).orElseThrow();
        PrototxtDocument ours = Prototxt.parse(source).value().orElseThrow();
        assertEquals(fields, ours.root().fields().size());
        assertEquals(
                Optional.empty(),
                protobuf.difference(theirs, ours.root(), CaffeSchema.schema().message(type)));
        assertEquals(List.of(), check(source, ours, type));
    }

    @ParameterizedTest
    @CsvSource({
        "base_lr: 'a'", "type: SGD", "max_iter: 1.0", "max_iter: 3000000000", "debug_info: yes", "debug_info: 2",
        "solver_mode: 7", "solver_mode: FPGA", "base_lr: 1 base_lr: 1", "net_param: 3", "base_lr { }", "nothing: 1",
        "train_state { level: 'a' }", "random_seed: 0x1ffffffffffffffff", "solver_mode: 'CPU'",
    })
    void whatProtobufRefusesIsAFinding(String text) {
        assertEquals(Optional.empty(), protobuf.parse(text, "SolverParameter"));
        SourceText source = new SourceText("solver.prototxt", text);
        PrototxtDocument ours = Prototxt.parse(source).value().orElseThrow();
        assertEquals(1, check(source, ours, "SolverParameter").size());
    }

    private static List<Finding> check(SourceText source, PrototxtDocument document, String type) {
        List<Finding> findings = new ArrayList<>();
        new SchemaCheck(source, findings)
                .check(document.root(), CaffeSchema.schema().message(type));
        return findings;
    }

    @Test
    void theSchemaIsDecodedAsProtobufDecodesIt() {
        for (Descriptor message : protobuf.messages()) {
            Schema.Message ours =
                    CaffeSchema.schema().message(message.getFullName().substring("caffe.".length()));
            assertEquals(message.getFields().size(), ours.fields().size(), message.getFullName());
            for (FieldDescriptor field : message.getFields()) {
                Schema.Field own = ours.field(field.getName()).orElseThrow();
                assertEquals(field.getType().name(), own.type().name(), field.getFullName());
                assertEquals(field.isRepeated(), own.repeated(), field.getFullName());
                if (field.hasDefaultValue() && field.getJavaType() == FieldDescriptor.JavaType.FLOAT) {
                    assertEquals(field.getDefaultValue(), Float.valueOf(own.byDefault()), field.getFullName());
                }
            }
        }
    }

    @Test
    void everySolverOfOthersMeansTheSame() throws IOException {
        compare("caffe-solver", "SolverParameter", 280);
    }

    @Test
    void everyNetOfOthersMeansTheSame() throws IOException {
        compare("caffe-net", "NetParameter", 190);
    }

    private void compare(String kind, String type, int least) throws IOException {
        Path folder = CORPUS.resolve(kind);
        assumeTrue(Files.isDirectory(folder), "no corpus at " + folder);
        List<String> different = new ArrayList<>();
        int accepted = 0;
        int alsoOurs = 0;
        int files = 0;
        for (Path path : files(folder)) {
            Optional<SourceText> source = read(path);
            if (source.isEmpty()) {
                continue;
            }
            files++;
            Outcome<PrototxtDocument> ours = Prototxt.parse(source.get());
            Optional<DynamicMessage> theirs = protobuf.parse(source.get().text(), type);
            if (theirs.isEmpty()) {
                alsoOurs += ours.hasErrors() ? 0 : 1;
                continue;
            }
            accepted++;
            PrototxtDocument document = ours.value().orElseThrow();
            protobuf.difference(
                            theirs.get(), document.root(), CaffeSchema.schema().message(type))
                    .ifPresent(d -> different.add(path + ": " + d));
            check(source.get(), document, type).stream()
                    .filter(f -> f.severity() != Severity.NOTE)
                    .forEach(f -> different.add(path + ": " + f.message()));
        }
        System.out.printf(
                "%s: TextFormat accepts %d of %d, all equal but %d; we read the syntax of %d more%n",
                kind, accepted, files, different.size(), alsoOurs);
        assertEquals(List.of(), different);
        assertTrue(accepted >= least, "TextFormat accepts only " + accepted);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Optional<SourceText> read(Path path) {
        try {
            return Optional.of(SourceReader.read(path));
        } catch (UnreadableSourceException e) {
            return Optional.empty();
        }
    }
}
