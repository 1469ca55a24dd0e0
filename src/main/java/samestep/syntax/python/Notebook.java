package samestep.syntax.python;

import java.util.List;
import java.util.Optional;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A Jupyter notebook: its code cells are one program.
 *
 * @param source the notebook's file, which is JSON
 * @param cells its code cells in order
 */
public record Notebook(SourceText source, List<Cell> cells) {

    /** Copies the cells. */
    public Notebook {
        cells = List.copyOf(cells);
    }

    /** The programs of the cells, in order. */
    public List<PythonFile> parts() {
        return cells.stream().map(Cell::file).toList();
    }

    /**
     * An edit of a cell's text as an edit of the notebook's file.
     *
     * @return empty if the edit is of no cell, or of several lines that are several strings in the file
     */
    public Optional<Edit> inFile(Edit edit) {
        for (Cell cell : cells) {
            if (cell.file().source() == edit.source()) {
                Optional<Span> span = cell.inNotebook(edit.span());
                return span.map(s -> new Edit(source, s, escaped(edit.replacement()), edit.certainty()));
            }
        }
        return Optional.empty();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.toString();
    }
}
