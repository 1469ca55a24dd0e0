package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.schema.CaffeLedger;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.solver.Solver;
import samestep.dialect.schema.MessageFields;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.text.SourceText;

/**
 * The fields of a net that change the training and are not judged: shapes, functions, data.
 *
 * @param source the net's file
 * @param net the net
 * @param trained the layers that are trained
 */
public record NetFields(SourceText source, PrototxtMessage net, List<NetLayer> trained) {
    public NetFields {
        trained = List.copyOf(trained);
    }

    /** Those of a solver and its net. Nets of two formats have other fields, and are not held against each other. */
    public static Unjudged unjudged(Solver solver, Optional<Net> net) {
        String form = "Caffe"
                + net.map(n -> " with a net of " + n.unjudged().layerType()).orElse("");
        return Unjudged.of(form, () -> {
            List<Unjudged.Field> found = new ArrayList<>();
            solver.unjudged(net.isPresent(), found);
            net.ifPresent(n -> n.unjudged().collect(found));
            return found;
        });
    }

    private boolean isOldest() {
        return trained.stream().anyMatch(layer -> layer.rules() != layer.message());
    }

    private String layerType() {
        if (isOldest()) {
            return "V0LayerParameter";
        }
        return net.fields("layers").isEmpty() ? "LayerParameter" : "V1LayerParameter";
    }

    private void collect(List<Unjudged.Field> found) {
        MessageFields walk = new MessageFields(source, CaffeLedger.ledger(), CaffeSchema.schema(), found);
        for (PrototxtField field : net.fields()) {
            boolean layer = field.name().equals("layer") || field.name().equals("layers");
            if (!layer) {
                walk.field(field, "NetParameter", "");
            }
        }
        boolean first = true;
        for (NetLayer layer : trained) {
            for (PrototxtField batch : batches(layer)) {
                // The first one is the batch of the training.
                if (!first) {
                    String value = source.slice(batch.value().span()).strip();
                    found.add(new Unjudged.Field(layer.name() + "." + batch.name(), value, ""));
                }
                first = false;
            }
            found.add(new Unjudged.Field(layer.name() + ".type", layer.type(), ""));
            fields(layer.message(), layerType(), layer, walk);
            if (layer.rules() != layer.message()) {
                fields(layer.rules(), "V1LayerParameter", layer, walk);
            }
        }
    }

    private static List<PrototxtField> batches(NetLayer layer) {
        List<PrototxtField> batches = new ArrayList<>(layer.message().fields("batchsize"));
        for (PrototxtField field : layer.message().fields()) {
            if (field.value() instanceof PrototxtMessage own) {
                batches.addAll(own.fields("batch_size"));
            }
        }
        return batches;
    }

    private static void fields(PrototxtMessage message, String type, NetLayer layer, MessageFields walk) {
        for (PrototxtField field : message.fields()) {
            if (!field.name().equals("type") && !field.name().equals("layer")) {
                walk.field(field, type, layer.name());
            }
        }
    }
}
