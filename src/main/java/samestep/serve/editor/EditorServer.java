package samestep.serve.editor;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** A server of the Language Server Protocol on two streams. */
public final class EditorServer implements LanguageServer {
    private final String version;
    private final Documents documents = new Documents();

    private EditorServer(String version) {
        this.version = version;
    }

    /**
     * Answers until the client goes. Nothing else may be printed to the output.
     *
     * @param version of the program
     */
    public static void serve(InputStream in, OutputStream out, String version) throws InterruptedException {
        // The library logs a client that goes in the middle of a message, with a trace; standard error is the editor's
        // log.
        Logger.getLogger("org.eclipse.lsp4j").setLevel(Level.OFF);
        EditorServer server = new EditorServer(version);
        Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, in, out);
        server.documents.connect(launcher.getRemoteProxy());
        try {
            launcher.startListening().get();
        } catch (ExecutionException e) {
            // The client went in the middle of a message: no client is left to answer.
        } finally {
            server.documents.close();
        }
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setTextDocumentSync(TextDocumentSyncKind.Full);
        capabilities.setHoverProvider(true);
        capabilities.setDefinitionProvider(true);
        capabilities.setCodeLensProvider(new CodeLensOptions(false));
        CodeActionOptions actions = new CodeActionOptions();
        actions.setCodeActionKinds(List.of(CodeActionKind.QuickFix));
        capabilities.setCodeActionProvider(actions);
        return CompletableFuture.completedFuture(
                new InitializeResult(capabilities, new ServerInfo("samestep", version)));
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        return CompletableFuture.completedFuture(new Object());
    }

    @Override
    public void exit() {
        // The client closes the streams, and with them the server ends.
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return documents;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return new Unwatched();
    }
}
