package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** Reads Jupyter notebooks. */
public final class Notebooks {
    /** Commands for a whole cell that leave its text Python. */
    private static final Set<String> PYTHON = Set.of("time", "timeit", "capture", "prun");

    private final SourceText source;

    private Notebooks(SourceText source) {
        this.source = source;
    }

    /** Reads a notebook of format 3 or 4. Cells of other languages are left out, and so is text. */
    public static Outcome<Notebook> read(SourceText source) {
        return Json.parse(source).then(json -> new Notebooks(source).notebook(json));
    }

    private Outcome<Notebook> notebook(JsonValue json) {
        Optional<JsonArray> cells = array(json, "cells");
        if (cells.isEmpty()) {
            cells = array(json, "worksheets")
                    .filter(sheets -> !sheets.elements().isEmpty())
                    .flatMap(sheets -> array(sheets.elements().get(0), "cells"));
        }
        if (cells.isEmpty()) {
            return Outcome.failed(Finding.at(
                    new Place(source, json.span()), Code.SS008, "expected a notebook: an object with \"cells\""));
        }
        List<Cell> read = new ArrayList<>();
        for (int i = 0; i < cells.get().elements().size(); i++) {
            cell(cells.get().elements().get(i), i + 1).ifPresent(read::add);
        }
        return Outcome.of(new Notebook(source, read), List.of());
    }

    private Optional<Cell> cell(JsonValue json, int number) {
        boolean isCode = text(json, "cell_type").map("code"::equals).orElse(false);
        Optional<JsonValue> content = member(json, "source").or(() -> member(json, "input"));
        if (!isCode || content.isEmpty()) {
            return Optional.empty();
        }
        List<JsonString> parts = new ArrayList<>();
        if (content.get() instanceof JsonString one) {
            parts.add(one);
        } else if (content.get() instanceof JsonArray lines) {
            for (JsonValue line : lines.elements()) {
                if (line instanceof JsonString part) {
                    parts.add(part);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.value()));
        if (isOtherLanguage(text.toString())) {
            return Optional.empty();
        }
        SourceText code = new SourceText(source.name() + ":cell " + number, text.toString());
        return Optional.of(new Cell(number, Python.parse(code), CellPlaces.of(source.text(), parts)));
    }

    private static boolean isOtherLanguage(String text) {
        if (!text.startsWith("%%")) {
            return false;
        }
        int end = 2;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return !PYTHON.contains(text.substring(2, end));
    }

    private static Optional<JsonValue> member(JsonValue json, String name) {
        return json instanceof JsonObject object ? object.get(name) : Optional.empty();
    }

    private static Optional<JsonArray> array(JsonValue json, String name) {
        return member(json, name).filter(JsonArray.class::isInstance).map(JsonArray.class::cast);
    }

    private static Optional<String> text(JsonValue json, String name) {
        return member(json, name).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }
}
