package samestep.dialect.keras.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.LayerPartners;
import samestep.dialect.PythonText;
import samestep.dialect.keras.document.KerasDocument;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Nothing;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.layer.KerasInitializers;
import samestep.dialect.keras.layer.KerasLayers;
import samestep.dialect.keras.layer.KerasRegularizers;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.table.KerasMeaning;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue.Distribution;
import samestep.recipe.setting.Settings;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** Puts the regularizers and the optimizer of a recipe into your own model. */
public final class KerasRewriter {
    /** What has to be switched off where the recipe has nothing of the kind. */
    private static final Map<String, KerasValue> NEUTRAL = new LinkedHashMap<>();

    static {
        for (String off :
                List.of("weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "gradient_accumulation_steps")) {
            NEUTRAL.put(off, new Nothing());
        }
        for (String flag : List.of("nesterov", "amsgrad", "centered", "use_ema")) {
            NEUTRAL.put(flag, new Flag(false));
        }
        NEUTRAL.put("decay", new Num("0.0"));
        NEUTRAL.put("momentum", new Num("0.0"));
    }

    private final SourceText source;
    private final KerasDocument.Places places;
    private final LayerPartners partners;
    private final List<Finding> findings = new ArrayList<>();
    private final KerasEdits edits;

    private KerasRewriter(SourceText source, KerasDocument.Places places, Map<String, String> names) {
        this.source = source;
        this.places = places;
        this.partners = new LayerPartners(source.name(), names);
        this.edits = new KerasEdits(source);
    }

    /**
     * The ways to change a document that are worth trying.
     *
     * @param names what the recipe's layers are called in the document, where it is another name
     */
    public static List<Rewrite> rewrites(Recipe recipe, SourceText source, JsonObject root, Map<String, String> names) {
        List<Rewrite> rewrites = new ArrayList<>();
        KerasGeneration generation = KerasDocument.of(source, root).places().generation();
        for (KerasWriter.Solution solution : KerasWriter.solutions(generation, withoutDefaults(recipe))) {
            KerasDocument.Places places = KerasDocument.of(source, root).places();
            rewrites.add(new KerasRewriter(source, places, names).rewrite(solution));
        }
        return rewrites;
    }

    /** Initial weights that the source leaves to its framework replace none that the document says. */
    private static Recipe withoutDefaults(Recipe recipe) {
        return recipe.withSettings(new Settings(recipe.settings().all().stream()
                .filter(s -> s.kind() != SettingKind.INITIAL_WEIGHTS || s.isWritten())
                .toList()));
    }

    private Rewrite rewrite(KerasWriter.Solution solution) {
        solution.proposal().findings().stream()
                .filter(f -> f.code() != Code.SS903)
                .forEach(findings::add);
        layers(solution.configuration().layers());
        places.optimizer()
                .ifPresentOrElse(
                        o -> optimizer(o, solution.configuration().optimizer()),
                        () -> findings.add(Finding.of(
                                        Code.SS011,
                                        source.name() + " holds no optimizer; only the regularizers are written")
                                .detail("The optimizer to compile with: translate ... --to keras --as python.")));
        if (!solution.configuration().excluded().isEmpty()) {
            findings.add(Finding.of(
                            Code.SS141,
                            "no file of Keras says which variables are not decayed: every variable of " + source.name()
                                    + " is")
                    .detail("Before training, call optimizer.exclude_from_weight_decay(var_names="
                            + solution.configuration().excluded().stream()
                                    .map(PythonText::quoted)
                                    .toList()
                            + ")."));
        }
        return new Rewrite(
                source, edits.edits(), Optional.empty(), solution.proposal().written(), findings);
    }

    private void layers(Map<String, Map<String, KerasValue>> wanted) {
        for (KerasLayers.Layer layer : places.layers()) {
            String theirs = partners.inRecipe(layer.name());
            Map<String, KerasValue> members = wanted.getOrDefault(theirs, wanted.get(ParameterName.ANY_LAYER));
            if (members != null) {
                partners.meet(layer.name());
                layer(layer.config(), members, !wanted.containsKey(theirs));
            } else if (hasParameters(layer)) {
                partners.leaveAlone(layer.name());
            }
        }
        findings.addAll(partners.findings(wanted.keySet()));
    }

    private static boolean hasParameters(KerasLayers.Layer layer) {
        return layer.config().members().stream()
                .anyMatch(m -> KerasLayers.REGULARIZERS.containsKey(m.name())
                        || KerasLayers.REGULARIZERS_OF_KERAS_1.containsKey(m.name()));
    }

    private void layer(JsonObject config, Map<String, KerasValue> members, boolean any) {
        members.forEach((name, wanted) -> {
            Optional<JsonValue> given = config.get(name);
            // What holds for every normalisation holds for those with running statistics.
            boolean another =
                    any && name.equals("epsilon") && config.get("momentum").isEmpty();
            if (given.isPresent() && name.endsWith("_regularizer")) {
                regularizer(given.get(), wanted);
            } else if (another || given.isPresent() && isSameInitializer(name, given.get(), wanted)) {
                return;
            } else if (given.isPresent() || wanted instanceof Instance && !any || name.equals("trainable")) {
                edits.set(config, name, wanted);
            }
        });
        boolean frozenHere = config.get("trainable").orElse(null) instanceof JsonBoolean on && !on.value();
        if (frozenHere && !members.containsKey("trainable") && !any) {
            edits.set(config, "trainable", new Flag(true));
        }
    }

    /** A distribution has many names: one that means the same stays. */
    private boolean isSameInitializer(String name, JsonValue given, KerasValue wanted) {
        if (!name.endsWith("_initializer")) {
            return false;
        }
        SourceText text = new SourceText("wanted", KerasJson.line(wanted));
        Optional<Distribution> here = initializers(source).of(given);
        return here.isPresent()
                && samestep.syntax.json.Json.parse(text)
                        .value()
                        .flatMap(initializers(text)::of)
                        .filter(here.get()::means)
                        .isPresent();
    }

    private KerasInitializers initializers(SourceText text) {
        return new KerasInitializers(text, places.generation(), "", new ArrayList<>());
    }

    /** A regularizer that has both norms keeps its class. */
    private void regularizer(JsonValue given, KerasValue wanted) {
        if (meansTheSame(given, wanted)) {
            return;
        }
        Optional<JsonObject> both = coefficients(given);
        if (both.isPresent() && wanted instanceof Instance instance) {
            for (String norm : List.of("l1", "l2")) {
                edits.set(both.get(), norm, instance.arguments().getOrDefault(norm, new Num("0.0")));
            }
        } else {
            edits.change(given, wanted);
        }
    }

    /** The object with l1 and l2 in a regularizer that has both. */
    private static Optional<JsonObject> coefficients(JsonValue given) {
        if (!(given instanceof JsonObject object)) {
            return Optional.empty();
        }
        JsonObject config = object.get("config").orElse(null) instanceof JsonObject inner ? inner : object;
        boolean both = config.get("l1").isPresent() && config.get("l2").isPresent();
        return both ? Optional.of(config) : Optional.empty();
    }

    private boolean meansTheSame(JsonValue given, KerasValue wanted) {
        boolean keras3 = places.generation() == KerasGeneration.KERAS_3;
        List<Finding> ignored = new ArrayList<>();
        Place place = new Place(source, given.span());
        SourceText text = new SourceText("wanted", KerasJson.line(wanted));
        JsonValue parsed =
                samestep.syntax.json.Json.parse(text).value().orElseThrow(() -> new IllegalStateException(text.text()));
        var here = new KerasRegularizers(source, keras3, ignored).stages(given, place);
        var there = new KerasRegularizers(text, keras3, ignored).stages(parsed, new Place(text, parsed.span()));
        return ignored.stream().noneMatch(f -> f.severity() == Severity.ERROR)
                && here.stream()
                        .map(s -> KerasMeaning.of(s))
                        .toList()
                        .equals(there.stream().map(s -> KerasMeaning.of(s)).toList());
    }

    private void optimizer(KerasObject given, Instance wanted) {
        boolean same = given.className().equals(wanted.className()) || isSameEquations(given, wanted);
        if (!same) {
            edits.replace(given.whole().span(), KerasJson.line(wanted));
            return;
        }
        wanted.arguments().forEach((name, value) -> argument(given, name, value));
        for (JsonMember member : given.config().members()) {
            KerasValue neutral = NEUTRAL.get(member.name());
            boolean wantedToo = wanted.arguments().containsKey(member.name());
            if (neutral != null && !wantedToo && !isOff(member.value())) {
                boolean always =
                        given.className().equals("AdamW") && member.name().equals("weight_decay");
                edits.change(member.value(), always ? new Num("0.0") : neutral);
            }
        }
    }

    /** Adam and AdamW are one update with and without a decay. */
    private boolean isSameEquations(KerasObject given, Instance wanted) {
        Optional<String> here =
                KerasDefaults.of(places.generation(), given.className()).map(KerasDefaults.Known::equations);
        Optional<String> there =
                KerasDefaults.of(places.generation(), wanted.className()).map(KerasDefaults.Known::equations);
        return here.isPresent() && here.equals(there);
    }

    private static boolean isOff(JsonValue value) {
        return value.isNull()
                || value instanceof JsonBoolean flag && !flag.value()
                || KerasEdits.says(value, new Num("0.0"));
    }

    private void argument(KerasObject given, String name, KerasValue wanted) {
        boolean renamed = name.equals("lr") || name.equals("learning_rate");
        String other = name.equals("lr") ? "learning_rate" : "lr";
        String written = renamed
                        && !given.arguments().contains(name)
                        && given.arguments().contains(other)
                ? other
                : name;
        if (given.config().member(written).isPresent() || !isDefault(given, name, wanted)) {
            edits.set(given.config(), written, wanted);
        }
    }

    private boolean isDefault(KerasObject given, String name, KerasValue wanted) {
        if (name.equals("is_legacy_optimizer")) {
            return true;
        }
        return wanted instanceof Num number
                && KerasDefaults.of(places.generation(), given.className())
                        .map(known -> known.values().get(name))
                        .map(value ->
                                new java.math.BigDecimal(value).compareTo(new java.math.BigDecimal(number.text())) == 0)
                        .orElse(false);
    }
}
