package fr.tambour.notice.api;

import fr.tambour.notice.api.ReferencePage.Answer;
import fr.tambour.notice.api.ReferencePage.Field;
import fr.tambour.notice.api.ReferencePage.Group;
import fr.tambour.notice.api.ReferencePage.Model;
import fr.tambour.notice.api.ReferencePage.Operation;
import fr.tambour.notice.api.ReferencePage.Refused;
import fr.tambour.text.Markdown;
import fr.tambour.text.SafeHtml;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Makes the page out of the OpenAPI document, so that the two cannot differ. */
record Reference(JsonNode document) {

    private static final String MODELS = "#/components/schemas/";

    private static final List<String> METHODS = List.of("get", "post", "put", "delete");

    ReferencePage page(Words words, String me) {
        return new ReferencePage(
                html(document.path("info").path("description").asString("")), me, groups(), models(), problems(words));
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        document.path("tags").forEach(tag -> {
            String name = tag.path("name").asString();
            groups.add(new Group(name, tag.path("description").asString(""), operations(name)));
        });
        return groups;
    }

    private List<Operation> operations(String tag) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, item) -> METHODS.forEach(method -> {
                    JsonNode operation = item.path(method);
                    if (operation.path("tags").path(0).asString("").equals(tag)) {
                        operations.add(operation(path, method, operation));
                    }
                }));
        return operations;
    }

    private Operation operation(String path, String method, JsonNode operation) {
        List<Field> parameters = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(parameter -> parameters.add(field(
                        parameter.path("name").asString(),
                        parameter.path("schema"),
                        parameter.path("required").asBoolean(false),
                        parameter.path("description").asString(""))));
        List<Answer> answers = new ArrayList<>();
        operation
                .path("responses")
                .forEachEntry((status, answer) -> answers.add(new Answer(
                        status, resolved(answer).path("description").asString(""), content(resolved(answer)))));
        return new Operation(
                operation.path("operationId").asString(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(""),
                html(operation.path("description").asString("")),
                parameters,
                content(operation.path("requestBody")),
                answers);
    }

    private JsonNode resolved(JsonNode node) {
        String ref = node.path("$ref").asString("");
        return ref.isEmpty() ? node : document.at(ref.substring(1));
    }

    private static String content(JsonNode of) {
        for (JsonNode type : of.path("content")) {
            return model(type.path("schema"));
        }
        return "";
    }

    private static String model(JsonNode schema) {
        String ref = schema.path("$ref")
                .asString(schema.path("items")
                        .path("$ref")
                        .asString(
                                schema.path("additionalProperties").path("$ref").asString("")));
        return ref.startsWith(MODELS) ? ref.substring(MODELS.length()) : "";
    }

    private List<Model> models() {
        List<Model> models = new ArrayList<>();
        document.path("components").path("schemas").forEachEntry((name, schema) -> {
            Set<String> required = new HashSet<>();
            schema.path("required").forEach(field -> required.add(field.asString()));
            List<Field> fields = new ArrayList<>();
            schema.path("properties")
                    .forEachEntry((field, property) -> fields.add(field(
                            field,
                            property,
                            required.contains(field),
                            property.path("description").asString(""))));
            models.add(new Model(name, html(schema.path("description").asString("")), fields, values(schema)));
        });
        return models;
    }

    private static Field field(String name, JsonNode schema, boolean required, String description) {
        return new Field(
                name, type(schema), model(schema), required, html(description), values(schema), example(schema));
    }

    private static String type(JsonNode schema) {
        String type = schema.path("type").asString("");
        String format = schema.path("format").asString("");
        return switch (type) {
            case "array" -> "[…]";
            case "object" -> "{…}";
            default -> format.isEmpty() ? type : type + ", " + format;
        };
    }

    private static String values(JsonNode schema) {
        return schema.path("enum")
                .valueStream()
                .map(value -> value.asString(""))
                .collect(Collectors.joining(", "));
    }

    private static String example(JsonNode schema) {
        JsonNode example = schema.path("example");
        return example.isMissingNode() ? "" : example.isString() ? example.asString() : example.toPrettyString();
    }

    private static SafeHtml html(String markdown) {
        return Markdown.toHtml(markdown, Locale.ENGLISH);
    }

    private static List<Refused> problems(Words words) {
        return Problems.ALL.stream()
                .map(problem -> new Refused(
                        Problems.ALL.stream()
                                        .filter(other -> other.code().equals(problem.code()))
                                        .findFirst()
                                        .filter(problem::equals)
                                        .isPresent()
                                ? "problem-" + problem.code()
                                : "problem-" + problem.code() + "-" + problem.status(),
                        problem.code(),
                        problem.status(),
                        sentence(words, problem)))
                .toList();
    }

    /** A place of it that differs from time to time is shown as an ellipsis. */
    static String sentence(Words words, Problems.Problem problem) {
        return words.get("error." + problem.code()).replaceAll("\\{\\d[^}]*}", "…");
    }
}
