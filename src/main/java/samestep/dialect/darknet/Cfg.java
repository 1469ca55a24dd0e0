package samestep.dialect.darknet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.LedgerRemainder;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.Decimals;
import samestep.syntax.ini.IniDocument;
import samestep.syntax.ini.IniOption;
import samestep.syntax.ini.IniSection;
import samestep.text.SourceText;

/** A file: the section of the training, and one for each layer. */
final class Cfg implements LedgerRemainder.Fields {
    private static final int LONGEST_SHOWN = 40;

    private final SourceText source;
    private final Program program;
    private final CfgSection net;
    private final List<Layer> layers = new ArrayList<>();

    /**
     * A layer.
     *
     * @param name {@code convolutional_0}: the section, and the number that Darknet prints for it
     * @param kind its kind; empty where no program has it
     * @param options what it says
     */
    record Layer(String name, Optional<LayerKind> kind, CfgSection options) {}

    Cfg(IniDocument document, List<Finding> findings) {
        this.source = document.source();
        this.program = program(document);
        List<IniSection> sections = document.sections();
        this.net = new CfgSection(source, sections.get(0), program, "", findings);
        for (int i = 1; i < sections.size(); i++) {
            String prefix = kind(sections.get(i));
            layers.add(new Layer(
                    prefix + "_" + (i - 1),
                    LayerKind.of(sections.get(i).name()),
                    new CfgSection(source, sections.get(i), program, prefix + ".", findings)));
        }
    }

    /** The first section must be this one. */
    static boolean isNet(IniSection section) {
        return section.name().equals("net") || section.name().equals("network");
    }

    private static String kind(IniSection section) {
        return LayerKind.of(section.name()).map(LayerKind::name).orElse(section.name());
    }

    /** The fork's, if it has a field or a layer that only the fork has. */
    private static Program program(IniDocument document) {
        for (IniSection section : document.sections()) {
            boolean first = section == document.sections().get(0);
            String prefix = first ? "" : kind(section) + ".";
            boolean layer = !first
                    && LayerKind.of(section.name())
                            .filter(k -> k.whose().equals("fork"))
                            .isPresent();
            boolean policy = first
                    && section.first("policy")
                            .filter(o -> o.value().equals("sgdr"))
                            .isPresent();
            if (layer || policy || section.options().stream().anyMatch(o -> Program.isOfTheFork(prefix + o.key()))) {
                return Program.FORK;
            }
        }
        return Program.ORIGINAL;
    }

    Program program() {
        return program;
    }

    CfgSection net() {
        return net;
    }

    List<Layer> layers() {
        return List.copyOf(layers);
    }

    /** The whole file. */
    Place place() {
        return Place.start(source);
    }

    /** All of them, in order. */
    List<CfgSection> sections() {
        List<CfgSection> all = new ArrayList<>(List.of(net));
        layers.forEach(layer -> all.add(layer.options()));
        return all;
    }

    /** The options that change the training and are not judged, those that are not known among them; and the layers. */
    Unjudged unjudged() {
        return Unjudged.of(program.title(), () -> {
            List<Unjudged.Field> found = new ArrayList<>();
            String kinds = layers.stream()
                    .map(layer -> layer.name().replaceAll("_\\d+$", ""))
                    .collect(Collectors.joining(" "));
            found.add(new Unjudged.Field("layers", kinds, ""));
            for (CfgSection section : sections()) {
                for (IniOption option : section.section().options()) {
                    String path = section.path(option.key());
                    Optional<LedgerRow> row = program.ledger().row(path, option.value());
                    if (row.map(LedgerRow::decides).orElse(Decides.OUTSIDE) == Decides.OUTSIDE) {
                        String fallback = row.map(LedgerRow::fallback).orElse("");
                        found.add(new Unjudged.Field(path, option.value(), fallback));
                    }
                }
            }
            return found;
        });
    }

    /** The options of a path, of all layers of the kind: those that are not as if they were not written come first. */
    private List<IniOption> options(String path) {
        String fallback =
                program.ledger().row(path, "").map(LedgerRow::fallback).orElse("");
        List<IniOption> changed = new ArrayList<>();
        List<IniOption> same = new ArrayList<>();
        for (CfgSection section : sections()) {
            section.section()
                    .first(section.key(path))
                    .ifPresent(option -> (isSame(option.value(), fallback) ? same : changed).add(option));
        }
        changed.addAll(same);
        return changed;
    }

    private static boolean isSame(String value, String fallback) {
        return value.equals(fallback)
                || Decimals.parse(value)
                        .flatMap(v -> Decimals.parse(fallback.isEmpty() ? "0" : fallback)
                                .map(f -> v.compareTo(f) == 0))
                        .orElse(false);
    }

    @Override
    public List<String> unasked() {
        Set<String> paths = new LinkedHashSet<>();
        for (CfgSection section : sections()) {
            section.unasked().forEach(key -> paths.add(section.path(key)));
        }
        return List.copyOf(paths);
    }

    @Override
    public String whole(String path) {
        return options(path).stream().findFirst().map(IniOption::value).orElse("");
    }

    @Override
    public String shown(String path) {
        String text = whole(path);
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    @Override
    public Optional<Place> where(String path) {
        return options(path).stream().findFirst().map(option -> new Place(source, option.valueSpan()));
    }

    @Override
    public boolean isOff(String path) {
        return isSame(whole(path), "0");
    }

    @Override
    public boolean says(String mark) {
        String[] parts = mark.split("=", 2);
        return options(parts[0]).stream().anyMatch(option -> LedgerRow.matches(parts[1], option.value()));
    }

    @Override
    public boolean isRead(String name) {
        return false;
    }
}
