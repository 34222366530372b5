package fr.tambour.notice.api;

import fr.tambour.text.SafeHtml;
import java.util.List;

/** The readable reference, as the template shows it. */
public record ReferencePage(
        SafeHtml description, String me, List<Group> groups, List<Model> models, List<Refused> problems) {

    /** Operations that belong together. */
    public record Group(String name, String description, List<Operation> operations) {}

    /** @param body name of the model it takes; empty: none */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            SafeHtml description,
            List<Field> parameters,
            String body,
            List<Answer> answers) {}

    /** @param model name of what is answered; empty: nothing */
    public record Answer(String status, String description, String model) {}

    /** A parameter or a property. @param model name of the model it holds, or empty */
    public record Field(
            String name,
            String type,
            String model,
            boolean required,
            SafeHtml description,
            String values,
            String example) {}

    /** One shape of JSON. */
    public record Model(String name, SafeHtml description, List<Field> fields, String values) {}

    /** One problem. */
    public record Refused(String anchor, String code, int status, String sentence) {}
}
