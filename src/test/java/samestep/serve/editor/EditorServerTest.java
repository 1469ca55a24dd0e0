package samestep.serve.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An editor that has a solver and its port open, which samestep.yaml declares to be the same training. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EditorServerTest {
    private static final Path PAIR = Path.of("fixtures/comparisons/lenet-keras-verbatim");

    @TempDir
    private Path folder;

    private final Editor editor = new Editor();
    private LanguageServer server;
    private Thread serving;
    private PipedOutputStream toServer;

    /** Keeps the diagnostics that it is sent. */
    private static final class Editor implements LanguageClient {
        private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();

        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.add(diagnostics);
        }

        @Override
        public void telemetryEvent(Object object) {}

        @Override
        public void showMessage(MessageParams parameters) {}

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams parameters) {
            return new CompletableFuture<>();
        }

        @Override
        public void logMessage(MessageParams message) {}
    }

    @BeforeEach
    void start() throws Exception {
        Files.createDirectory(folder.resolve(".git"));
        for (String name : List.of("source.prototxt", "net.prototxt", "target.json")) {
            Files.copy(PAIR.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("samestep.yaml"),
                "version: 1\npairs:\n  - source: source.prototxt\n    target: target.json\n");
        PipedInputStream serverIn = new PipedInputStream(1 << 20);
        PipedInputStream editorIn = new PipedInputStream(1 << 20);
        toServer = new PipedOutputStream(serverIn);
        PipedOutputStream toEditor = new PipedOutputStream(editorIn);
        serving = new Thread(() -> {
            try {
                EditorServer.serve(serverIn, toEditor, "0.0.0");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        serving.start();
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(editor, editorIn, toServer);
        launcher.startListening();
        server = launcher.getRemoteProxy();
        assertEquals(
                "samestep",
                server.initialize(new InitializeParams()).get().getServerInfo().getName());
    }

    @AfterEach
    void theServerEndsWithItsInput() throws IOException, InterruptedException {
        toServer.close();
        serving.join(TimeUnit.MINUTES.toMillis(1));
        assertFalse(serving.isAlive());
    }

    private String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private String open(String name) throws IOException {
        String text = Files.readString(folder.resolve(name));
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(name), "any", 1, text)));
        return text;
    }

    private void change(String name, String text) {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri(name), 2),
                        List.of(new TextDocumentContentChangeEvent(text))));
    }

    private static boolean isAbout(List<Diagnostic> diagnostics, Position place) {
        return diagnostics.stream().anyMatch(d -> d.getRange().getStart().equals(place));
    }

    private List<Diagnostic> published(String name) throws InterruptedException {
        PublishDiagnosticsParams published;
        do {
            published = editor.published.poll(2, TimeUnit.MINUTES);
        } while (!published.getUri().equals(uri(name)));
        return published.getDiagnostics();
    }

    private static Position in(String text, String word) {
        int at = text.indexOf(word);
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new Position(line, at - (text.lastIndexOf('\n', at) + 1));
    }

    private Hover hover(String name, Position position) throws Exception {
        return server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier(uri(name)), position))
                .get();
    }

    @Test
    void aCopiedDecayIsFoundAndMended() throws Exception {
        String text = open("target.json");
        Position place = in(text, "0.0005");
        Diagnostic factor = published("target.json").stream()
                .filter(d -> d.getRange().getStart().equals(place))
                .findFirst()
                .orElseThrow();
        assertTrue(factor.getMessage().getLeft().contains("2 times as much"), factor.toString());
        CodeAction fix = server.getTextDocumentService()
                .codeAction(new CodeActionParams(
                        new TextDocumentIdentifier(uri("target.json")),
                        factor.getRange(),
                        new CodeActionContext(List.of(factor))))
                .get()
                .get(0)
                .getRight();
        assertTrue(fix.getTitle().startsWith("Samestep: ") && !fix.getTitle().contains("not proven"), fix.getTitle());
        List<TextEdit> edits = fix.getEdit().getChanges().getOrDefault(uri("target.json"), List.of());
        assertTrue(
                edits.stream()
                        .anyMatch(edit -> edit.getNewText().equals("0.00025")
                                && edit.getRange().equals(factor.getRange())),
                edits.toString());
        // All changes at once make the pair the same.
        change("target.json", applied(text, edits));
        assertEquals(List.of(), published("target.json"));
    }

    private static String applied(String text, List<TextEdit> edits) {
        StringBuilder changed = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparing(
                                (TextEdit edit) -> offset(text, edit.getRange().getStart()))
                        .reversed())
                .forEach(edit -> changed.replace(
                        offset(text, edit.getRange().getStart()),
                        offset(text, edit.getRange().getEnd()),
                        edit.getNewText()));
        return changed.toString();
    }

    private static int offset(String text, Position position) {
        int at = 0;
        for (int line = 0; line < position.getLine(); line++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + position.getCharacter();
    }

    @Test
    void findingsFollowWhatIsTyped() throws Exception {
        String text = open("target.json");
        List<Diagnostic> before = published("target.json");
        change("target.json", text.replace("0.0005", "0.00025"));
        List<Diagnostic> after = published("target.json");
        assertTrue(isAbout(before, in(text, "0.0005")), before.toString());
        assertFalse(isAbout(after, in(text, "0.0005")), after.toString());
    }

    @Test
    void anotherFileIsReadAnewWhenItIsSaved() throws Exception {
        open("target.json");
        List<Diagnostic> before = published("target.json");
        Path source = folder.resolve("source.prototxt");
        Files.writeString(source, Files.readString(source).replace("0.0005", "0.001"));
        server.getTextDocumentService()
                .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri("source.prototxt"))));
        assertFalse(published("target.json").equals(before));
    }

    @Test
    void aNumberSaysWhatItDoes() throws Exception {
        String text = open("source.prototxt");
        String words = hover("source.prototxt", in(text, "0.0005"))
                .getContents()
                .getRight()
                .getValue();
        assertTrue(words.contains("adds 0.0005 * w to the gradient of 2 kernels"), words);
        assertTrue(words.contains("Keras `L2(0.00025)`") && words.contains("a weight halves in"), words);
        assertNull(hover("source.prototxt", new Position(0, 0)));
        open("target.json");
        assertNull(hover("target.json", new Position(100_000, 7)));
    }

    @Test
    void thePairIsNamedAndItsOtherSideIsNear() throws Exception {
        String text = open("source.prototxt");
        String lens = server.getTextDocumentService()
                .codeLens(new CodeLensParams(new TextDocumentIdentifier(uri("source.prototxt"))))
                .get()
                .get(0)
                .getCommand()
                .getTitle();
        assertTrue(lens.startsWith("source.prototxt and target.json: not the same training"), lens);
        List<? extends Location> partners = server.getTextDocumentService()
                .definition(
                        new DefinitionParams(new TextDocumentIdentifier(uri("source.prototxt")), in(text, "0.0005")))
                .get()
                .getLeft();
        String target = Files.readString(folder.resolve("target.json"));
        assertEquals(in(target, "0.0005"), partners.get(0).getRange().getStart(), partners.toString());
        assertEquals(uri("target.json"), partners.get(0).getUri());
    }

    @Test
    void whatIsNoFileIsPassedOver() throws Exception {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem("untitled:1", "any", 1, "base_lr: 1")));
        assertNull(server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier("untitled:1"), new Position(0, 9)))
                .get());
    }
}
