package samestep.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The libraries that the {@code -all} jar and the wheel hold: those of {@code pom.xml} that are not of the tests, and what
 * they need in turn. Names and licences are those of the POMs that lie beside the jars of the class path.
 */
final class Libraries {
    /** One library; {@code optional} if the library jar does not bring it. */
    record Library(String id, String version, String licence, boolean optional) {}

    private final List<Path> poms = new ArrayList<>();
    private final Map<String, Library> found = new TreeMap<>();

    private Libraries() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            Path folder = jar.getParent();
            if (entry.endsWith(".jar") && folder != null && folder.getParent() != null) {
                Path pom = folder.resolve(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", ".pom"));
                if (Files.exists(pom)) {
                    poms.add(pom);
                }
            }
        }
    }

    static List<Library> ofThisProject() throws IOException {
        Libraries libraries = new Libraries();
        libraries.add(root(Path.of("pom.xml")), true, Set.of(), false);
        return List.copyOf(libraries.found.values());
    }

    private void add(Element project, boolean ours, Set<String> without, boolean optional) throws IOException {
        for (Element dependency : children(child(project, "dependencies"), "dependency")) {
            String artifact = text(dependency, "artifactId");
            Path pom = pom(text(dependency, "groupId"), artifact);
            boolean skipped = Set.of("test", "provided").contains(text(dependency, "scope"))
                    || !ours && text(dependency, "optional").equals("true")
                    || without.contains(artifact);
            if (skipped || pom == null) {
                continue;
            }
            Set<String> excluded = children(child(dependency, "exclusions"), "exclusion").stream()
                    .map(exclusion -> text(exclusion, "artifactId"))
                    .collect(Collectors.toSet());
            boolean isOptional = optional || text(dependency, "optional").equals("true");
            Element library = root(pom);
            Library old = found.get(artifact);
            if (old == null || old.optional() && !isOptional) {
                Path version = pom.getParent();
                found.put(
                        artifact,
                        new Library(
                                text(dependency, "groupId") + ":" + artifact,
                                String.valueOf(version == null ? "" : version.getFileName()),
                                licence(library, pom),
                                isOptional));
                add(library, false, excluded, isOptional);
            }
        }
    }

    /** Two groups may have an artifact of one name. */
    private @Nullable Path pom(String group, String artifact) {
        Path place = Path.of(group.replace('.', '/'), artifact);
        return poms.stream()
                .filter(pom -> pom.getParent().getParent().endsWith(place))
                .findFirst()
                .orElse(null);
    }

    /** The licence that a POM names, or the nearest of its parents. */
    private static String licence(Element project, Path pom) throws IOException {
        List<String> names = children(child(project, "licenses"), "license").stream()
                .map(licence -> text(licence, "name"))
                .toList();
        Optional<Element> parent = child(project, "parent");
        if (!names.isEmpty() || parent.isEmpty()) {
            return String.join(", ", names);
        }
        Path repository = pom;
        String group = groupOf(project, parent.get());
        // GROUP/ARTIFACT/VERSION/FILE below the repository.
        for (int up = 0; up < group.split("\\.").length + 3 && repository.getParent() != null; up++) {
            repository = repository.getParent();
        }
        String artifact = text(parent.get(), "artifactId");
        String version = text(parent.get(), "version");
        Path above = repository
                .resolve(text(parent.get(), "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        return Files.exists(above) ? licence(root(above), above) : "";
    }

    private static String groupOf(Element project, Element parent) {
        String own = text(project, "groupId");
        return own.isEmpty() ? text(parent, "groupId") : own;
    }

    private static Element root(Path pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(Optional.of(parent), name).stream().findFirst();
    }

    private static List<Element> children(Optional<Element> parent, String name) {
        List<Element> children = new ArrayList<>();
        Node first = parent.map(Node::getFirstChild).orElse(null);
        for (Node node = first; node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        return child(parent, name)
                .map(Element::getTextContent)
                .map(text -> Arrays.stream(text.strip().split("\\s+")).collect(Collectors.joining(" ")))
                .orElse("");
    }
}
