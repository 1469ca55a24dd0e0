package samestep.syntax.python;

import java.util.Optional;
import samestep.text.Span;

/**
 * A code cell of a notebook.
 *
 * @param number its number among all cells of the notebook, from 1
 * @param file its program; its source's name ends in the number, so that places say cell, line and column
 * @param places where each character of its text is in the notebook
 */
public record Cell(int number, PythonFile file, CellPlaces places) {

    /** Where a part of its text is in the notebook's file; empty if it is not in one JSON string there. */
    public Optional<Span> inNotebook(Span span) {
        return places.span(span);
    }
}
