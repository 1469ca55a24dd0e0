package samestep.serve.editor;

import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Settings are in {@code samestep.yaml}, which is read again each time, so no notice is needed. */
final class Unwatched implements WorkspaceService {
    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams parameters) {
        // The editor has no settings of Samestep.
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams parameters) {
        // No file is watched.
    }
}
