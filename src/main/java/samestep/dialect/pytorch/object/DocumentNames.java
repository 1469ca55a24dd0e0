package samestep.dialect.pytorch.object;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * Whose parameters the names are that a document or a program of Samestep writes. It says what a parameter is for where
 * its name does not.
 */
public final class DocumentNames {
    private final String text;
    private final Map<String, Role> roles;
    private final Set<ParameterName> shared;

    /**
     * @param text the whole document
     * @param names of groups and of what is frozen
     * @param roles what parameters are for, where the document says so
     */
    public DocumentNames(String text, Collection<String> names, Map<String, Role> roles) {
        this.text = text;
        this.roles = Map.copyOf(roles);
        this.shared = shared(names);
    }

    /** What two names of the document would both be: a layer's parameters of one role, as cls_token and pos_embed. */
    private Set<ParameterName> shared(Collection<String> names) {
        Set<ParameterName> once = new HashSet<>();
        Set<ParameterName> twice = new HashSet<>();
        new LinkedHashSet<>(names)
                .stream()
                        .filter(name -> TorchNames.several(name, text).isEmpty())
                        .map(this::meant)
                        .filter(name -> !once.add(name))
                        .forEach(twice::add);
        return twice;
    }

    /** The parameters that a name stands for. */
    public List<ParameterName> of(String name) {
        Optional<List<ParameterName>> several = TorchNames.several(name, text);
        if (several.isPresent()) {
            return several.get();
        }
        ParameterName meant = meant(name);
        return List.of(shared.contains(meant) ? new ParameterName(name, meant.role()) : meant);
    }

    private ParameterName meant(String name) {
        ParameterName byName = ParameterNames.of(name);
        return new ParameterName(byName.layer(), roles.getOrDefault(name, byName.role()));
    }

    /**
     * What the parameters of a configuration are for whose names do not say so.
     *
     * @param torch what PyTorch calls them
     */
    public static Map<String, Role> unclear(PytorchConfiguration configuration, TorchNames torch) {
        Map<String, Role> unclear = new LinkedHashMap<>();
        for (ParameterName name : ParameterNames.of(configuration)) {
            for (String written : torch.of(name)) {
                boolean clear = written.contains(".in_proj_")
                        || written.contains(".out_proj.")
                        || ParameterNames.of(written).role() == name.role();
                if (!clear) {
                    unclear.put(written, name.role());
                }
            }
        }
        return unclear;
    }
}
