package samestep.serve.editor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;
import samestep.text.SourceText;

/**
 * The documents that are open in the editor. One thread does all the work, in order; findings come a moment after the last
 * key.
 */
final class Documents implements TextDocumentService, AutoCloseable {
    private static final long MOMENT = 250;

    private final Map<String, OpenDocument> open = new ConcurrentHashMap<>();
    private final Workspace workspace = new Workspace();
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "samestep");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable LanguageClient client;

    void connect(LanguageClient editor) {
        client = editor;
    }

    @Override
    public void close() {
        work.shutdownNow();
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams parameters) {
        String uri = parameters.getTextDocument().getUri();
        set(uri, parameters.getTextDocument().getText(), 0);
    }

    @Override
    public void didChange(DidChangeTextDocumentParams parameters) {
        String uri = parameters.getTextDocument().getUri();
        // The whole text each time, as the server asked for.
        parameters.getContentChanges().forEach(change -> set(uri, change.getText(), MOMENT));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams parameters) {
        String uri = parameters.getTextDocument().getUri();
        open.remove(uri);
        publish(uri, List.of());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams parameters) {
        // A saved file may be the other side of any open document.
        open.forEach((uri, document) -> look(uri, document.reread(), 0));
    }

    private void set(String uri, String text, long after) {
        file(uri)
                .ifPresent(file ->
                        look(uri, new OpenDocument(new SourceText(file.toString(), text), workspace), after));
    }

    private void look(String uri, OpenDocument document, long after) {
        open.put(uri, document);
        work.schedule(
                () -> {
                    if (open.get(uri) == document) {
                        publish(uri, document.diagnostics());
                    }
                },
                after,
                TimeUnit.MILLISECONDS);
    }

    private void publish(String uri, List<org.eclipse.lsp4j.Diagnostic> diagnostics) {
        LanguageClient editor = client;
        if (editor != null) {
            editor.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics));
        }
    }

    /** A document that is not a file of this machine has no repository, and is passed over. */
    private static Optional<Path> file(String uri) {
        try {
            URI address = URI.create(uri);
            return "file".equals(address.getScheme()) ? Optional.of(Path.of(address)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private <T> CompletableFuture<T> asked(
            String uri, java.util.function.Function<OpenDocument, T> question, T nothing) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(open.get(uri)).map(question).orElse(nothing), work);
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams parameters) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(open.get(parameters.getTextDocument().getUri()))
                        .flatMap(document -> document.hover(parameters.getPosition()))
                        .orElse(null),
                work);
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams parameters) {
        return asked(
                parameters.getTextDocument().getUri(),
                document -> document.fixes(parameters.getRange()).stream()
                        .map(Either::<Command, CodeAction>forRight)
                        .toList(),
                List.of());
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams parameters) {
        return asked(parameters.getTextDocument().getUri(), OpenDocument::lenses, List.of());
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams parameters) {
        return asked(
                parameters.getTextDocument().getUri(),
                document -> Either.forLeft(document.partners(parameters.getPosition())),
                Either.forLeft(List.of()));
    }
}
