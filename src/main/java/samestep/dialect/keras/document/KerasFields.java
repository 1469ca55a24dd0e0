package samestep.dialect.keras.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.keras.layer.KerasLayers;
import samestep.dialect.keras.layer.KerasLedger;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** The arguments of a model, its optimizer and {@code compile()} that change the training and are not judged. */
final class KerasFields {
    /** Layers within, which are read as layers. */
    private static final Set<String> LAYERS = Set.of("layer", "cell", "cells", "forward_layer", "layers");

    private final Ledger ledger;
    private final List<Unjudged.Field> found = new ArrayList<>();

    private KerasFields(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Those of a document.
     *
     * @param source the model's text
     * @param optimizer as it is written; empty where there is none
     * @param compile as it is written, with its text; empty where it is not there
     */
    static Unjudged of(
            KerasGeneration generation,
            SourceText source,
            KerasLayers layers,
            Optional<KerasObject> optimizer,
            Optional<KerasObject> compile) {
        return Unjudged.of(KerasLedger.library(generation), () -> {
            KerasFields fields = new KerasFields(KerasLedger.of(generation));
            for (KerasLayers.Layer layer : layers.layers()) {
                fields.layer(source, layer);
            }
            layers.connections().forEach((name, value) -> fields.add(source, name, value, ""));
            optimizer.ifPresent(o -> fields.members(o.source(), o.config(), "optimizer", "optimizer"));
            compile.ifPresent(c -> fields.compile(c.source(), c.config()));
            return fields.found;
        });
    }

    private void layer(SourceText source, KerasLayers.Layer layer) {
        found.add(new Unjudged.Field(layer.name() + ".class", layer.className(), ""));
        if (!layer.className().isEmpty()) {
            members(source, layer.config(), layer.className(), layer.name());
        }
    }

    /** A loss that is written as an object has arguments of its own. */
    private void compile(SourceText source, JsonObject compile) {
        for (JsonMember member : compile.members()) {
            boolean object = member.name().equals("loss")
                    && member.value() instanceof JsonObject loss
                    && loss.get("config").orElse(null) instanceof JsonObject;
            if (object) {
                JsonObject loss = (JsonObject) member.value();
                members(source, (JsonObject) loss.get("config").orElseThrow(), "loss", "loss");
            } else {
                member(source, member, "compile", "compile");
            }
        }
    }

    private void members(SourceText source, JsonObject config, String className, String path) {
        config.members().forEach(member -> member(source, member, className, path));
    }

    private void member(SourceText source, JsonMember member, String className, String path) {
        Optional<LedgerRow> row = ledger.row(className + "." + member.name(), "");
        boolean outside = row.map(LedgerRow::decides).orElse(Decides.OUTSIDE) == Decides.OUTSIDE;
        if (outside && !LAYERS.contains(member.name())) {
            add(
                    source,
                    path + "." + member.name(),
                    member.value(),
                    row.map(LedgerRow::fallback).orElse(""));
        }
    }

    /** What is null is as if it were not there, unless there is a default. */
    private void add(SourceText source, String path, JsonValue value, String fallback) {
        if (!value.isNull() || !fallback.isEmpty()) {
            String text = value instanceof JsonString string
                    ? string.value()
                    : source.slice(value.span()).replaceAll("\\s+", "");
            found.add(new Unjudged.Field(path, text, fallback));
        }
    }
}
