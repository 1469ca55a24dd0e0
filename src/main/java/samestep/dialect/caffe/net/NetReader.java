package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.caffe.net.NetLayer.Spec;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.schema.SchemaCheck;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Setting;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/** Reads nets of all three formats for what training needs: the parameters and their multipliers. */
public final class NetReader {
    private final SourceText source;
    private final List<Finding> findings = new ArrayList<>();
    private final List<NetParameter> parameters = new ArrayList<>();
    private final Map<String, Integer> shared = new LinkedHashMap<>();
    private final Map<Integer, Spec> explicit = new LinkedHashMap<>();
    private final List<Setting> settings = new ArrayList<>();
    private Optional<Quantity> batchSize = Optional.empty();

    private NetReader(SourceText source) {
        this.source = source;
    }

    /**
     * Reads a net.
     *
     * @param trainState what the solver's {@code train_state} says, if it is given
     * @param inline whether it is in the solver, which checks it itself: Caffe then does not bring older formats up
     *     to date
     */
    public static Net read(
            SourceText source, PrototxtMessage net, Optional<PrototxtMessage> trainState, boolean inline) {
        NetReader reader = new NetReader(source);
        if (!inline) {
            new SchemaCheck(source, reader.findings, true)
                    .check(net, CaffeSchema.schema().message("NetParameter"));
        }
        NetState state = state(net, trainState);
        List<NetLayer> layers = reader.layers(net, inline).stream()
                .filter(layer -> reader.trains(layer, state))
                .toList();
        layers.forEach(reader::layer);
        NetLosses losses = NetLosses.of(source, layers);
        reader.findings.addAll(losses.findings());
        if (reader.parameters.isEmpty()) {
            reader.report(Place.start(source), Code.SS004, "the net has no parameters that could be trained");
        }
        StoppedGradients stopped = StoppedGradients.of(source, layers);
        stopped.finding(reader.parameters).ifPresent(reader.findings::add);
        NetFields others = new NetFields(source, net, layers);
        return new Net(reader.parameters, stopped, reader.batchSize, losses, reader.settings, others, reader.findings);
    }

    private List<NetLayer> layers(PrototxtMessage net, boolean inline) {
        List<NetLayer> layers = new ArrayList<>();
        boolean both = !net.fields("layer").isEmpty() && !net.fields("layers").isEmpty();
        for (PrototxtField field : net.fields()) {
            if (!(field.value() instanceof PrototxtMessage message)) {
                continue;
            }
            if (field.name().equals("layer")) {
                layers.add(NetLayer.modern(source, field, message));
            } else if (field.name().equals("layers") && inline) {
                report(
                        new Place(source, field.nameSpan()),
                        Code.SS203,
                        "Caffe does not upgrade a net inside the solver: \"layers\" gives an empty net, with no"
                                + " message");
                return List.of();
            } else if (field.name().equals("layers")) {
                layers.add(NetLayer.old(source, field, message));
            }
        }
        if (both) {
            report(
                    new Place(source, net.fields("layers").get(0).nameSpan()),
                    Code.SS004,
                    "the net has both \"layer\" and \"layers\"; Caffe refuses it");
        }
        return layers;
    }

    /** The net's own state first, then the solver's: the later wins. */
    private static NetState state(PrototxtMessage net, Optional<PrototxtMessage> trainState) {
        NetState state = NetState.training();
        Optional<PrototxtField> own = net.last("state");
        if (own.isPresent() && own.get().value() instanceof PrototxtMessage message) {
            state = state.with(message);
        }
        return trainState.isPresent() ? state.with(trainState.get()) : state;
    }

    private boolean trains(NetLayer layer, NetState state) {
        PrototxtMessage rules = layer.rules();
        if (!rules.fields("include").isEmpty() && !rules.fields("exclude").isEmpty()) {
            report(
                    layer.place(),
                    Code.SS004,
                    "layer \"" + layer.name() + "\" has include and exclude rules; Caffe refuses both together");
        }
        return state.includes(rules);
    }

    private void layer(NetLayer layer) {
        findBatchSize(layer);
        NetSettings beside = new NetSettings(source, layer);
        settings.addAll(beside.ofLayer());
        Optional<List<Role>> known = LayerKind.roles(layer.type(), layer.message());
        List<Role> roles = known.orElseGet(
                () -> layer.specs().stream().map(s -> Role.OTHER).toList());
        if (layer.specs().size() > roles.size()) {
            report(
                    layer.place(),
                    Code.SS004,
                    "layer \"" + layer.name() + "\" has " + roles.size() + " parameters and "
                            + layer.specs().size() + " param entries; Caffe refuses it");
        }
        for (int i = 0; i < roles.size(); i++) {
            Spec spec = i < layer.specs().size() ? layer.specs().get(i) : Spec.SILENT;
            if (blob(layer, roles.get(i), spec)) {
                beside.ofBlob(roles.get(i)).ifPresent(settings::add);
            }
        }
    }

    /** Adds a blob; false where it is another layer's, which fills it. */
    private boolean blob(NetLayer layer, Role role, Spec spec) {
        Integer owner = spec.shared().isEmpty() ? null : shared.get(spec.shared());
        if (owner != null) {
            share(owner, layer, spec);
            return false;
        }
        if (!spec.shared().isEmpty()) {
            shared.put(spec.shared(), parameters.size());
        }
        explicit.put(parameters.size(), spec);
        parameters.add(parameter(new ParameterName(layer.name(), role), spec, List.of(), layer.place()));
        return true;
    }

    private NetParameter parameter(ParameterName name, Spec spec, List<String> sharers, Place layer) {
        // BatchNorm sets the multipliers of its statistics to zero whatever the file says.
        Quantity rate = name.role() == Role.STATISTICS
                ? Quantity.byDefault("0", "Caffe's BatchNorm")
                : spec.rate().orElse(Quantity.byDefault("1", "Caffe's default of lr_mult"));
        Quantity decay = name.role() == Role.STATISTICS
                ? Quantity.byDefault("0", "Caffe's BatchNorm")
                : spec.decay().orElse(Quantity.byDefault("1", "Caffe's default of decay_mult"));
        Place place = spec.rate().or(spec::decay).flatMap(Quantity::place).orElse(layer);
        return new NetParameter(name, rate, decay, sharers, Optional.of(place));
    }

    /** Any of the sharers may give the multipliers; if several do, they must agree. */
    private void share(int owner, NetLayer layer, Spec spec) {
        Spec before = explicit.getOrDefault(owner, Spec.SILENT);
        disagree(before.rate(), spec.rate(), spec, "lr_mult");
        disagree(before.decay(), spec.decay(), spec, "decay_mult");
        Spec merged = new Spec(
                spec.shared(), before.rate().or(spec::rate), before.decay().or(spec::decay));
        explicit.put(owner, merged);
        NetParameter old = parameters.get(owner);
        List<String> sharers = new ArrayList<>(old.sharers());
        sharers.add(layer.name());
        parameters.set(owner, parameter(old.name(), merged, sharers, old.place().orElse(layer.place())));
    }

    private void disagree(Optional<Quantity> a, Optional<Quantity> b, Spec spec, String field) {
        boolean differ = a.isPresent()
                && b.isPresent()
                && a.get().decimal().compareTo(b.get().decimal()) != 0;
        if (differ) {
            findings.add(Finding.of(
                            Code.SS004,
                            "shared parameter \"" + spec.shared() + "\" has two values of " + field
                                    + "; Caffe refuses the net")
                    .at(b.get().place()));
        }
    }

    private void findBatchSize(NetLayer layer) {
        if (batchSize.isEmpty()) {
            batchSize = ownBatchSize(layer.message(), "batchsize");
        }
        for (PrototxtField field : layer.message().fields()) {
            if (batchSize.isEmpty() && field.value() instanceof PrototxtMessage message) {
                batchSize = ownBatchSize(message, "batch_size");
            }
        }
    }

    /** In the oldest nets the field is in the layer itself. */
    private Optional<Quantity> ownBatchSize(PrototxtMessage message, String field) {
        return message.last(field)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .flatMap(value -> batchSize((PrototxtScalar) value));
    }

    private Optional<Quantity> batchSize(PrototxtScalar value) {
        Place place = new Place(source, value.span());
        return value.integer().stream()
                .mapToObj(samples ->
                        new Quantity(Expression.literal(samples), Long.toString(samples), new Origin.Written(place)))
                .findFirst();
    }

    private void report(Place place, Code code, String message) {
        findings.add(Finding.at(place, code, message));
    }
}
