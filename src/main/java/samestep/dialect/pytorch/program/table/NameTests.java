package samestep.dialect.pytorch.program.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.recipe.Role;

/**
 * What is known of the name of a parameter of a model that is not in the program: that it is {@code weight} or {@code bias},
 * and that the layers of normalisations are called so.
 */
public final class NameTests {
    private static final List<String> NORMS =
            List.of("layernorm", "layer_norm", "batchnorm", "batch_norm", "rmsnorm", "groupnorm", "norm", "bn", "ln");

    private NameTests() {}

    /** Whether a text is in the name; empty where that is not known. */
    public static Optional<Boolean> has(Role role, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String own = isBias(role) ? "bias" : "weight";
        if (lower.equals("bias") || lower.equals(".bias") || lower.equals("weight") || lower.equals(".weight")) {
            return Optional.of(own.equals(lower.replace(".", "")));
        }
        if (lower.equals("gamma") || lower.equals("beta")) {
            return isNorm(role) ? Optional.empty() : Optional.of(false);
        }
        int dot = lower.indexOf('.');
        String layer = dot < 0 ? lower : lower.substring(0, dot);
        if (!NORMS.contains(layer.replaceAll("[_.]?[0-9]*$", "").replaceAll("^[_.]", ""))) {
            return Optional.empty();
        }
        boolean isOwn =
                dot < 0 || dot == lower.length() - 1 || lower.substring(dot + 1).equals(own);
        return Optional.of(isNorm(role) && isOwn);
    }

    /** Whether the name ends with a text; empty where that is not known. */
    public static Optional<Boolean> endsWith(Role role, String text) {
        return text.equals("bias") || text.equals(".bias") || text.equals("weight") || text.equals(".weight")
                ? has(role, text)
                : text.endsWith(isBias(role) ? "weight" : "bias") ? Optional.of(false) : has(role, text);
    }

    /** Whether an answer supposes what normalisations are called. */
    public static boolean isAssumed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return !lower.equals("bias") && !lower.equals(".bias") && !lower.equals("weight") && !lower.equals(".weight");
    }

    private static boolean isBias(Role role) {
        return role == Role.BIAS || role == Role.BETA;
    }

    private static boolean isNorm(Role role) {
        return role == Role.GAMMA || role == Role.BETA;
    }
}
