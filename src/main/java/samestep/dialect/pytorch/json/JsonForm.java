package samestep.dialect.pytorch.json;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.LossForms;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.DocumentNames;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.LossPenalties;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.dialect.pytorch.transformers.TransformersScheduler;
import samestep.dialect.pytorch.transformers.TransformersTf;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNull;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * JSON with an optimizer as {@code class_path} and {@code init_args}, and if wanted the groups of its {@code state_dict()}, a
 * scheduler, clipping, and penalties that are part of the loss. What Samestep writes has this form.
 */
public final class JsonForm implements PytorchForm {
    /** The style that this form is. */
    public static final String STYLE = "json";
    /** The beginning of a document of Samestep. */
    public static final String MARK = "\"samestep\": \"pytorch/";

    private static final String LEDGER = "torch-json";

    private static final Map<String, String> WRAPPED =
            Map.of("adamw", "torch.optim.AdamW", "adam", "torch.optim.Adam", "momentum", "torch.optim.SGD");
    private static final Pattern TRANSFORMERS = Pattern.compile("\"(class|call)\":\\s*\"transformers\\.");
    private static final List<String> SCHEDULERS = List.of("scheduler", "lr_scheduler");

    @Override
    public String describes() {
        return "JSON with an optimizer's class_path, init_args and param_groups";
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text().stripLeading();
        return text.startsWith("{")
                && (text.contains(MARK)
                        || text.contains("\"class_path\"")
                                && (text.contains("torch.optim.") || text.contains("\"init_args\""))
                        || text.contains("\"param_groups\"")
                        || TRANSFORMERS.matcher(text).find());
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        Outcome<JsonValue> parsed = Json.parse(source);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(value -> value instanceof JsonObject root
                ? new Reading(input, root).configuration()
                : Outcome.failed(Finding.at(Place.start(source), Code.SS008, "expected a JSON object")));
    }

    /** One document. */
    private static final class Reading {
        private final SourceText source;
        private final Run run;
        private final JsonObject root;
        private final JsonValues values;
        private final List<Finding> findings = new ArrayList<>();
        private final DocumentNames names;

        Reading(Input input, JsonObject root) {
            this.source = input.source();
            this.run = input.run();
            this.root = root;
            this.values = new JsonValues(source);
            this.names = written();
        }

        private DocumentNames written() {
            Set<String> written = new LinkedHashSet<>(texts(root, "frozen"));
            if (root.get("param_groups").orElse(null) instanceof JsonArray groups) {
                groups.elements().stream()
                        .filter(JsonObject.class::isInstance)
                        .forEach(g -> written.addAll(texts((JsonObject) g, "param_names")));
            }
            Map<String, Role> roles = new HashMap<>();
            if (root.get("roles").orElse(null) instanceof JsonObject said) {
                said.members().forEach(member -> {
                    if (member.value() instanceof JsonString word) {
                        ParameterNames.role(word.value()).ifPresent(role -> roles.put(member.name(), role));
                    }
                });
            }
            return new DocumentNames(source.text(), written, roles);
        }

        Outcome<PytorchConfiguration> configuration() {
            Optional<PytorchObject> written = values.object(root)
                    .or(() -> member(List.of("optimizer")))
                    .map(TransformersTf::renamed)
                    .map(Reading::unwrapped);
            if (written.isEmpty()) {
                return Outcome.failed(Finding.at(
                                Place.start(source),
                                Code.SS008,
                                "no optimizer in this document: it does not say how" + " weights move")
                        .detail("Expected \"optimizer\": {\"class_path\": \"torch.optim.SGD\", \"init_args\":"
                                + " {...}}."));
            }
            Optional<PytorchConfiguration> created = written.flatMap(TransformersTf::created);
            if (created.isPresent()) {
                return Outcome.of(created.get(), findings);
            }
            List<ParameterGroup> groups = new ArrayList<>(groups());
            nameless(groups);
            PytorchObject optimizer = written.get();
            TransformersTf.withoutDecay(optimizer).ifPresent(groups::add);
            if (optimizer.get("lr").isEmpty() && !groups.isEmpty()) {
                Optional<PytorchValue> rate =
                        Optional.ofNullable(groups.get(0).arguments().get("lr"));
                optimizer = rate.isPresent() ? optimizer.with("lr", rate.get()) : optimizer;
            }
            PytorchConfiguration configuration = PytorchConfiguration.of("PyTorch", optimizer)
                    .withGroups(groups)
                    .withRule(rule())
                    .withFrozen(strings(root, "frozen"))
                    .withScheduling(scheduling())
                    .withBeforeStep(beforeStep())
                    .withEpochs(new Epochs(
                            Optional.empty(),
                            new EpochLength(run, findings).of(Optional.empty(), 1, 1, Remainder.KEPT)))
                    .withUpdates(number("updates").map(OptionalLong::of).orElse(OptionalLong.empty()));
            return Outcome.of(beside(configuration), findings);
        }

        /** What the document says beside all this, by the ledger. */
        private PytorchConfiguration beside(PytorchConfiguration configuration) {
            Ledger ledger = Ledgers.of(LEDGER);
            boolean plain = root.members().stream()
                    .allMatch(member -> ledger.row(member.name(), "")
                            .filter(row -> row.decides() == Decides.UPDATE || row.decides() == Decides.SETTING)
                            .isPresent());
            Optional<YamlMapping> mapping = plain ? Optional.empty() : ConfigurationText.mapping(source);
            if (mapping.isEmpty()) {
                return configuration.withSettings(
                        configuration.settings().with(Unjudged.of(ledger.library(), List::of)));
            }
            Fields fields =
                    new Fields(List.of(new Fields.Layer(source, mapping.get())), FormDefaults.of(LEDGER), findings);
            ledger.rows().stream()
                    .filter(row -> row.decides() == Decides.UPDATE)
                    .flatMap(row -> row.fields().stream())
                    .forEach(fields::has);
            // The format's own name is not a field that is passed over.
            fields.has("samestep");
            return Outside.note(configuration, fields, Place.start(source), findings);
        }

        /** The optimizer that timm's Lookahead wraps; the wrapper's arguments are in the groups. */
        private static PytorchObject unwrapped(PytorchObject optimizer) {
            String wrapped = optimizer.text("opt").orElse("").replace("lookahead_", "");
            String path = WRAPPED.getOrDefault(wrapped, optimizer.classPath());
            return optimizer.className().equals("Lookahead")
                    ? new PytorchObject(path, optimizer.arguments(), optimizer.place())
                    : optimizer;
        }

        private Optional<PytorchObject> member(List<String> names) {
            return names.stream()
                    .flatMap(name -> root.get(name).stream())
                    .filter(JsonObject.class::isInstance)
                    .flatMap(v -> values.whole((JsonObject) v).stream())
                    .findFirst();
        }

        private Optional<Long> number(String name) {
            return root.get(name)
                    .filter(JsonNumber.class::isInstance)
                    .flatMap(v -> ((JsonNumber) v).decimal())
                    .map(d -> Math.min(Math.max(d.toBigInteger().longValue(), 0), 1_000_000_000_000L));
        }

        private Optional<Scheduling> scheduling() {
            Optional<PytorchObject> scheduler = member(SCHEDULERS);
            boolean epochs = SCHEDULERS.stream()
                    .flatMap(name -> root.get(name).stream())
                    .anyMatch(v -> v instanceof JsonObject object
                            && object.get("stepped").orElse(null) instanceof JsonString text
                            && text.value().contains("epoch"));
            Schedule.Unit unit = epochs ? Schedule.Unit.EPOCHS : Schedule.Unit.UPDATES;
            SCHEDULERS.stream()
                    .flatMap(name -> root.get(name).stream())
                    .filter(v -> !(v instanceof JsonNull) && scheduler.isEmpty())
                    .forEach(v -> findings.add(Finding.at(
                            new Place(source, v.span()),
                            Code.SS010,
                            "a scheduler that names no class cannot be read yet")));
            return scheduler.map(s -> new Scheduling(s, unit)).or(this::ofTrainer);
        }

        /** What a trainer's arguments make of the rate. */
        private Optional<Scheduling> ofTrainer() {
            return root.get("training_args")
                    .filter(JsonObject.class::isInstance)
                    .map(v -> values.arguments((JsonObject) v))
                    .flatMap(TransformersScheduler::of);
        }

        private List<ParameterGroup> groups() {
            List<ParameterGroup> groups = new ArrayList<>();
            if (root.get("param_groups").orElse(null) instanceof JsonArray array) {
                for (JsonValue element : array.elements()) {
                    if (element instanceof JsonObject group) {
                        groups.add(group(group));
                    }
                }
            }
            return groups;
        }

        /** Where two groups differ and none says whose they are, each number would be anyone's. */
        private void nameless(List<ParameterGroup> groups) {
            List<ParameterGroup> rest = groups.stream()
                    .filter(g -> g.members() instanceof Members.Rest)
                    .toList();
            long different = rest.stream().map(Reading::meant).distinct().count();
            if (different > 1) {
                findings.add(Finding.at(
                                root.get("param_groups")
                                        .map(v -> new Place(source, v.span()))
                                        .orElse(Place.start(source)),
                                Code.SS010,
                                rest.size() + " groups that differ, and none says which parameters are in it")
                        .detail("Numbers in params are places in a list that is not here. Give \"param_names\" in each"
                                + " group: torch 2.6 and later write them for an optimizer of named_parameters()."));
            }
        }

        private static Map<String, String> meant(ParameterGroup group) {
            Map<String, String> meant = new TreeMap<>();
            group.arguments().forEach((name, value) -> {
                if (!name.equals("params")) {
                    meant.put(
                            name,
                            value instanceof PytorchValue.Num num
                                    ? num.quantity()
                                            .decimal()
                                            .stripTrailingZeros()
                                            .toPlainString()
                                    : value.getClass().getSimpleName());
                }
            });
            return meant;
        }

        /** By whose rule the parameters of a role are found. */
        private Optional<ParameterRule> rule() {
            JsonValue value = root.get("sorted_by").orElse(null);
            Optional<ParameterRule> rule =
                    value instanceof JsonString name ? ParameterRules.named(name.value()) : Optional.empty();
            if (value != null && rule.isEmpty()) {
                findings.add(Finding.at(
                                new Place(source, value.span()),
                                Code.SS010,
                                "sorted_by: a rule that is not known; expected one of "
                                        + String.join(", ", ParameterRules.names()))
                        .detail("It says how the parameters of a role are found."));
            }
            return rule;
        }

        private ParameterGroup group(JsonObject group) {
            List<ParameterName> names = strings(group, "param_names");
            if (names.isEmpty()) {
                names = strings(group, "params");
            }
            Map<String, PytorchValue> arguments = new LinkedHashMap<>(values.arguments(group));
            // A scheduler has changed the rate already, and keeps the first one.
            Optional.ofNullable(arguments.get("initial_lr")).ifPresent(first -> arguments.put("lr", first));
            PytorchDefaults.WITHOUT_EFFECT.forEach(arguments::remove);
            arguments.remove("roles");
            Set<Role> roles = roles(group);
            Members others = roles.isEmpty() ? new Members.Rest() : new Members.OfRole(roles);
            return new ParameterGroup(names.isEmpty() ? others : new Members.Named(names), arguments);
        }

        /** Where the model is not known, a document of Samestep says what the parameters of a group are for. */
        private Set<Role> roles(JsonObject group) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            if (group.get("roles").orElse(null) instanceof JsonArray array) {
                array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .flatMap(v -> ParameterNames.role(((JsonString) v).value()).stream())
                        .forEach(roles::add);
            }
            return roles;
        }

        private List<ParameterName> strings(JsonObject group, String name) {
            return texts(group, name).stream()
                    .flatMap(text -> names.of(text).stream())
                    .distinct()
                    .toList();
        }

        private static List<String> texts(JsonObject group, String name) {
            return group.get(name).orElse(null) instanceof JsonArray array
                    ? array.elements().stream()
                            .filter(JsonString.class::isInstance)
                            .map(v -> ((JsonString) v).value())
                            .toList()
                    : List.of();
        }

        private List<BeforeStep> beforeStep() {
            List<BeforeStep> before = new ArrayList<>();
            root.get("loss").ifPresent(v -> loss(v, before));
            root.get("loss_penalty").ifPresent(v -> penalties(v, before));
            int microSteps = (int) Math.min(number("accumulation").orElse(1L), Stage.Accumulation.MOST);
            if (microSteps > 1) {
                before.add(BeforeStep.all(new Stage.Accumulation(microSteps, true)));
            }
            root.get("grad_clip").ifPresent(v -> clips(v, before));
            return before;
        }

        private void loss(JsonValue value, List<BeforeStep> before) {
            Optional<Stage> scale = Optional.of(value)
                    .filter(JsonObject.class::isInstance)
                    .map(v -> PytorchObject.of("").with(values.arguments((JsonObject) v)))
                    .flatMap(LossForms::read);
            scale.ifPresent(s -> before.add(BeforeStep.all(s)));
            if (scale.isEmpty() && !(value instanceof JsonNull)) {
                findings.add(Finding.at(new Place(source, value.span()), Code.SS010, "loss: " + LossForms.EXPECTED));
            }
        }

        /** One call, or several in order. */
        private void clips(JsonValue value, List<BeforeStep> before) {
            if (value instanceof JsonArray several) {
                several.elements().forEach(each -> clips(each, before));
                return;
            }
            Optional<PytorchObject> call =
                    Optional.of(value).filter(JsonObject.class::isInstance).flatMap(v -> values.object((JsonObject) v));
            if (call.isEmpty()) {
                if (!(value instanceof JsonNull)) {
                    findings.add(Finding.at(
                            new Place(source, value.span()),
                            Code.SS010,
                            "grad_clip: expected an object with class_path and init_args, or a list of them"));
                }
                return;
            }
            GradientClips.read(call.get(), findings).ifPresent(clip -> before.add(BeforeStep.all(clip)));
        }

        private void penalties(JsonValue value, List<BeforeStep> before) {
            Place place = new Place(source, value.span());
            String text = value instanceof JsonString string ? string.value() : "";
            for (String line : LossPenalties.lines(text)) {
                Optional<BeforeStep> penalty = LossPenalties.read(line, place, names::of);
                penalty.ifPresent(before::add);
                if (penalty.isEmpty()) {
                    findings.add(Finding.at(
                                    place,
                                    Code.SS010,
                                    "loss_penalty: a penalty of this shape cannot be read yet: " + line)
                            .detail(LossPenalties.SHAPES));
                }
            }
        }
    }
}
