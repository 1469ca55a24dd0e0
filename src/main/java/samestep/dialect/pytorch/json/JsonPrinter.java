package samestep.dialect.pytorch.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.form.DecayWriter;
import samestep.dialect.pytorch.form.LossForms;
import samestep.dialect.pytorch.object.DocumentNames;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.write.UniqueNames;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** Writes a configuration as the JSON that {@link JsonForm} reads. */
public final class JsonPrinter {
    private final DecayWriter decays;
    private final StringWriter text = new StringWriter();
    private final JsonWriter out = new UniqueNames(text);

    public JsonPrinter(DecayWriter decays) {
        this.decays = decays;
        out.setIndent("  ");
        out.setStrictness(Strictness.LENIENT);
    }

    /** The document. */
    public String print(PytorchConfiguration configuration) {
        try {
            document(configuration);
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private void document(PytorchConfiguration configuration) throws IOException {
        out.beginObject();
        out.name("samestep").value("pytorch/1");
        out.name("optimizer");
        object(configuration.optimizer());
        if (!configuration.groups().isEmpty()) {
            out.name("param_groups").beginArray();
            for (ParameterGroup group : configuration.groups()) {
                group(group);
            }
            out.endArray();
            sortedBy(configuration);
        }
        if (!configuration.frozen().isEmpty()) {
            out.name("frozen");
            names(configuration.frozen());
        }
        roles(configuration);
        if (configuration.scheduling().isPresent()) {
            scheduling(configuration.scheduling().get());
        }
        beforeStep(configuration.beforeStep());
        if (configuration.updates().isPresent()) {
            out.name("updates").value(configuration.updates().getAsLong());
        }
        out.endObject();
    }

    /** How the parameters of a role are found, where a library has a rule for it. */
    private void sortedBy(PytorchConfiguration configuration) throws IOException {
        boolean byRole = configuration.groups().stream().anyMatch(g -> g.members() instanceof Members.OfRole);
        if (byRole && configuration.rule().isPresent()) {
            out.name("sorted_by").value(configuration.rule().get().name());
        }
    }

    private void scheduling(Scheduling scheduling) throws IOException {
        boolean epochs = scheduling.unit() == Schedule.Unit.EPOCHS;
        out.name("scheduler").beginObject();
        members(scheduling.scheduler());
        out.name("stepped").value("after every " + (epochs ? "epoch" : "update"));
        out.endObject();
    }

    private void object(PytorchObject object) throws IOException {
        out.beginObject();
        members(object);
        out.endObject();
    }

    private void members(PytorchObject object) throws IOException {
        out.name("class_path").value(object.classPath());
        out.name("init_args").beginObject();
        arguments(object);
        out.endObject();
    }

    private void arguments(PytorchObject object) throws IOException {
        for (Map.Entry<String, PytorchValue> argument : object.arguments().entrySet()) {
            out.name(argument.getKey());
            value(argument.getValue());
        }
    }

    private void value(PytorchValue value) throws IOException {
        if (value instanceof Num number) {
            Quantity quantity = number.quantity();
            out.jsonValue(quantity.text().isEmpty() ? quantity.written() : quantity.text());
        } else if (value instanceof Flag flag) {
            out.value(flag.on());
        } else if (value instanceof Text words) {
            out.value(words.text());
        } else if (value instanceof Many many) {
            out.beginArray();
            for (PytorchValue each : many.values()) {
                value(each);
            }
            out.endArray();
        } else if (value instanceof Call call) {
            object(call.object());
        } else {
            out.nullValue();
        }
    }

    private void group(ParameterGroup group) throws IOException {
        out.beginObject();
        if (group.members() instanceof Members.Named named) {
            out.name("param_names");
            names(named.names());
        } else if (group.members() instanceof Members.OfRole of) {
            out.name("roles").beginArray();
            for (Role role : sorted(of.roles())) {
                out.value(role.word());
            }
            out.endArray();
        }
        for (Map.Entry<String, PytorchValue> argument : group.arguments().entrySet()) {
            out.name(argument.getKey());
            value(argument.getValue());
        }
        out.endObject();
    }

    static List<Role> sorted(Set<Role> roles) {
        return roles.stream().sorted().toList();
    }

    private void names(List<ParameterName> names) throws IOException {
        out.beginArray();
        for (String name : decays.names().all(names)) {
            out.value(name);
        }
        out.endArray();
    }

    /** What a parameter is for, where its name does not say so. */
    private void roles(PytorchConfiguration configuration) throws IOException {
        Map<String, Role> unclear = DocumentNames.unclear(configuration, decays.names());
        if (!unclear.isEmpty()) {
            out.name("roles").beginObject();
            for (Map.Entry<String, Role> name : unclear.entrySet()) {
                out.name(name.getKey()).value(name.getValue().word());
            }
            out.endObject();
        }
    }

    private void beforeStep(List<BeforeStep> before) throws IOException {
        for (BeforeStep each : before) {
            if (each.stage() instanceof Stage.LossScale scale) {
                out.name("loss").beginObject();
                arguments(LossForms.described(scale));
                out.endObject();
            }
        }
        String penalties = before.stream()
                .filter(b -> b.stage() instanceof Stage.Penalty)
                .map(b -> decays.line((Stage.Penalty) b.stage(), b.to()))
                .collect(Collectors.joining("\n"));
        if (!penalties.isEmpty()) {
            out.name("loss_penalty").value(penalties);
        }
        for (BeforeStep each : before) {
            if (each.stage() instanceof Stage.Accumulation accumulation) {
                out.name("accumulation").value(accumulation.microSteps());
            }
        }
        clips(before);
    }

    /** One clip is an object, several are a list. */
    private void clips(List<BeforeStep> before) throws IOException {
        List<Stage.Clip> clips = GradientClips.in(before);
        if (clips.isEmpty()) {
            return;
        }
        out.name("grad_clip");
        if (clips.size() > 1) {
            out.beginArray();
        }
        for (Stage.Clip clip : clips) {
            object(GradientClips.call(clip));
        }
        if (clips.size() > 1) {
            out.endArray();
        }
    }
}
