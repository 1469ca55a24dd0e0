package samestep.syntax.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.finding.Place;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;
import samestep.text.Span;

class NotebookTest {
    private static final String JSON = """
            {"cells": [
              {"cell_type": "markdown", "source": ["# x = 1"]},
              {"cell_type": "code", "source": ["%matplotlib inline\\n", "s = \\"\\u00e9\\\\n\\"; wd = 5e-4\\n", "print(wd)"]},
              {"cell_type": "code", "source": "%%bash\\nls"},
              {"cell_type": "code", "source": "%%time\\nlr = 0.1"}
            ], "nbformat": 4}
            """;

    private static Notebook notebook() {
        return Notebooks.read(new SourceText("a.ipynb", JSON)).value().orElseThrow();
    }

    @Test
    void cellsArePartsOfOneProgram() {
        assertEquals(
                List.of(2, 4), notebook().cells().stream().map(Cell::number).toList());
        assertEquals(
                "%matplotlib inline\ns = \"\u00e9\\n\"; wd = 5e-4\nprint(wd)",
                notebook().parts().get(0).source().text());
    }

    @Test
    void placesSayCellAndLine() {
        SourceText cell = notebook().parts().get(0).source();
        int at = cell.text().indexOf("5e-4");
        assertEquals("a.ipynb:cell 2:2:17", new Place(cell, new Span(at, at + 4)).toString());
    }

    @Test
    void anEditInACellChangesTheFileThereAndNowhereElse() {
        Notebook notebook = notebook();
        SourceText cell = notebook.parts().get(0).source();
        int at = cell.text().indexOf("5e-4");
        Edit edit = new Edit(cell, new Span(at, at + 4), "\"2\"", Edit.Certainty.EXACT);
        Edit inFile = notebook.inFile(edit).orElseThrow();
        assertEquals("5e-4", inFile.replaced());
        assertEquals(
                JSON.replace("5e-4", "\\\"2\\\""),
                Edits.apply(notebook.source(), List.of(inFile)).text());
    }

    @Test
    void anEditOverTwoStringsIsNone() {
        Notebook notebook = notebook();
        SourceText cell = notebook.parts().get(0).source();
        Edit edit = new Edit(cell, new Span(0, cell.text().length()), "", Edit.Certainty.EXACT);
        assertFalse(notebook.inFile(edit).isPresent());
    }

    @Test
    void whatIsNoNotebookIsAFinding() {
        assertTrue(Notebooks.read(new SourceText("a.ipynb", "{}")).hasErrors());
    }
}
