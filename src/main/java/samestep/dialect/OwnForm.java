package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.spi.ConfigurationForm;
import samestep.text.SourceText;

/** A form that a library on the class path or module path brings. It is read by what it says in a form that is known. */
final class OwnForm implements Dialect {
    private static Optional<List<OwnForm>> loaded = Optional.empty();

    private final ConfigurationForm form;

    private OwnForm(ConfigurationForm form) {
        this.form = form;
    }

    /**
     * All that there are, loaded when the first text comes that no built-in reader recognises: a start does not pay for it.
     *
     * @throws ServiceConfigurationError if one cannot be loaded, each time
     */
    static synchronized List<OwnForm> all() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(load());
        }
        return loaded.get();
    }

    /** Whether files of that ending are of a form that a library brings. */
    static boolean hasEnding(String ending) {
        return all().stream().anyMatch(own -> own.form.endings().contains(ending));
    }

    private static List<OwnForm> load() {
        List<OwnForm> found = new ArrayList<>();
        for (ConfigurationForm form : ServiceLoader.load(ConfigurationForm.class)) {
            String name = form.name();
            if (!name.equals(name.toLowerCase(Locale.ROOT))
                    || Dialects.isBuiltIn(name)
                    || found.stream().anyMatch(other -> other.name().equals(name))) {
                throw new ServiceConfigurationError(form.getClass().getName() + " is called \"" + name
                        + "\"; a name has lower case letters, and no other framework has it");
            }
            found.add(new OwnForm(form));
        }
        return List.copyOf(found);
    }

    @Override
    public String name() {
        return form.name();
    }

    @Override
    public String title() {
        return form.title();
    }

    @Override
    public String describes() {
        return "the files of " + form.getClass().getName();
    }

    @Override
    public boolean recognises(SourceText source) {
        return form.recognises(source.name(), source.withoutMark());
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        SourceText source = input.source();
        ConfigurationForm.Description said;
        try {
            said = form.describe(source.name(), source.withoutMark());
        } catch (IllegalArgumentException e) {
            return Outcome.failed(Finding.at(Place.start(source), Code.SS004, String.valueOf(e.getMessage())));
        }
        SourceText text = new SourceText(source.name() + " (as " + title() + " describes it)", said.text());
        Optional<SourceText> model = said.model().isEmpty()
                ? input.model()
                : Optional.of(new SourceText(source.name() + " (its model)", said.model()));
        return Dialects.builtIn(text)
                .map(dialect -> dialect.read(new Input(text, model, input.companions(), input.run())))
                .orElseGet(() -> Outcome.failed(Finding.at(
                        Place.start(source),
                        Code.SS010,
                        title() + " describes this in a form that is not known here")));
    }

    @Override
    public Set<String> styles() {
        return Set.of();
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return List.of();
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        throw new IllegalStateException(title() + " is not written");
    }
}
