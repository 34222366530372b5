package fr.tambour.notice.api;

import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** What the generated reference says beyond what the controllers show: who may ask, what is refused, what is required. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
class OpenApiConfiguration {

    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";

    /** Status → when it is answered. */
    private static final Map<String, String> REFUSALS = new TreeMap<>(Map.of(
            "400", "The request cannot be read: a field or parameter that nobody knows, JSON that is none.",
            "401", "No token, or one that is not good in this town (any more).",
            "403", "The token, or its person, lacks the right; or the policy of four eyes forbids it.",
            "404", "There is no such thing in this town.",
            "409", "Not possible where the notice stands, or somebody was faster.",
            "412", "`If-Match` names another version than the current one.",
            "413", "The body is too large.",
            "415", "The body has another type than this address takes.",
            "422", "Readable, but it cannot be: something is missing or does not exist. `findings` says what.",
            "428", "The change does not say which version it started from."));

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class, Town.class);
    }

    @Bean
    OpenAPI notices() {
        Components components = new Components()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("tbr_…")
                                .description(
                                        "A personal token of limited rights, made in the studio or by `bin/tambour token`."))
                .addSchemas(PROBLEM, problem());
        REFUSALS.forEach((status, meaning) -> components.addResponses(name(status), refusal(meaning)));
        components.addResponses(
                name("429"),
                refusal("Too many wrong tokens from this network.").addHeaderObject("Retry-After", retryAfter()));
        components.addResponses(
                name("503"),
                refusal("The database does not answer right now; nothing was half-saved.")
                        .addHeaderObject("Retry-After", retryAfter()));
        return new OpenAPI()
                .info(new Info()
                        .title("Tambour: notices for programs")
                        .version("1")
                        .license(new License().name("EUPL-1.2").identifier("EUPL-1.2"))
                        .description("""
                                Programs do to a notice what the desk does, under the same rules. Ids are strings. Moments are ISO 8601 with the offset \
                                that the town's clock had; times that people choose are local times of the town (`TownTime`). Languages are BCP 47 tags. \
                                Fields and parameters that nobody knows are refused.

                                Every POST may carry an `Idempotency-Key`: the same request again within 24 hours gets the same answer, without a \
                                second effect. Refusals are problems of RFC 9457; their sentences follow `Accept-Language` (fr, en).
                                """))
                .servers(List.of(new Server()
                        .url("/")
                        .description("The town's own host: each town has its own tokens and notices.")))
                .security(List.of(new SecurityRequirement().addList(TOKEN)))
                .components(components);
    }

    private static String name(String status) {
        return "Problem" + status;
    }

    private static ApiResponse refusal(String meaning) {
        return new ApiResponse()
                .description(meaning)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }

    private static Header retryAfter() {
        return new Header().description("Seconds.").schema(type("integer"));
    }

    private static Schema<?> type(String type) {
        return new JsonSchema().types(Set.of(type));
    }

    private static Schema<?> text(String description, String example) {
        Schema<?> text = type("string").description(description);
        text.setExample(example);
        return text;
    }

    private static Schema<?> problem() {
        Schema<?> problem = type("object").description("A refusal, as RFC 9457 has it.");
        problem.addProperty(
                "type",
                text("Where this kind of problem is described.", "/api#problem-notice.conflict")
                        .format("uri-reference"));
        problem.addProperty("title", text("In a few words.", "Somebody was here before you"));
        problem.addProperty("status", type("integer").description("The HTTP status."));
        problem.addProperty(
                "detail",
                text(
                        "What happened, to what, what to do; in the language of Accept-Language.",
                        "Somebody changed this notice meanwhile. Read it again, then try again."));
        problem.addProperty("code", text("Stable name of the reason.", "notice.conflict"));
        problem.addProperty("field", text("The field it is about, where there is one.", "content.until.local"));
        problem.addProperty(
                "pointer",
                text("The same as a JSON Pointer in a URI fragment (RFC 6901).", "#/content/until/local")
                        .format("uri-reference"));
        problem.addProperty(
                "changedBy",
                new Schema<>()
                        .$ref("#/components/schemas/Person")
                        .description("With `notice.conflict`: who was faster; absent where the clock was."));
        problem.addProperty(
                "changedAt",
                text("With `notice.conflict`: when.", "2026-11-24T10:15:00+01:00")
                        .format("date-time"));
        problem.addProperty(
                "version",
                type("integer")
                        .format("int64")
                        .description("With `notice.conflict`: the working draft's version now."));
        problem.addProperty(
                "revision",
                type("integer")
                        .format("int32")
                        .description("With `notice.conflict`: the highest revision number now."));
        problem.addProperty(
                "incident", text("Number of a failure of ours, for whoever looks after the server.", "4K7B2M"));
        Schema<?> findings = new JsonSchema().types(Set.of("array"));
        findings.setItems(new Schema<>().$ref("#/components/schemas/Finding"));
        problem.addProperty(
                "findings",
                findings.description("With `notice.incomplete` and `notice.alert-incomplete`: all that blocks."));
        problem.setRequired(List.of("type", "title", "status", "detail", "code"));
        return problem;
    }

    /** Adds to every operation what it may be refused for, and to every POST its Idempotency-Key. */
    @Bean
    OpenApiCustomizer refusals() {
        return api -> api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> complete(path, method.name(), operation)));
    }

    private static void complete(String path, String method, Operation operation) {
        refused(operation, "400", "401", "403", "429", "503");
        if (path.contains("{")) {
            refused(operation, "404");
        }
        if (!method.equals("GET")) {
            refused(operation, "409", "422");
        }
        if (operation.getRequestBody() != null) {
            refused(operation, "413", "415");
        }
        if (operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(it -> it.getName().equals(HttpHeaders.IF_MATCH))) {
            refused(operation, "412");
            if (!operation.getOperationId().equals("discardDraft")) {
                refused(operation, "428");
            }
        }
        if (method.equals("POST")) {
            operation.addParametersItem(idempotencyKey());
        }
    }

    private static void refused(Operation operation, String... statuses) {
        Arrays.stream(statuses)
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + name(status))));
    }

    private static Parameter idempotencyKey() {
        Schema<?> key = type("string").minLength(1).maxLength(IdempotencyKey.MOST);
        key.setExample("8e03978e-40d5-43dd-bc93-6894a57f9324");
        return new Parameter()
                .in("header")
                .name(Once.HEADER)
                .required(false)
                .description("""
                        Any string that is new for each new request, a UUID for example. The same request again within 24 hours gets the same answer \
                        (with `Idempotency-Replayed: true`) without a second effect; another request with the same key is refused (422); while the \
                        first is under way: 409.""")
                .schema(key);
    }

    /** What is not `@Nullable` is required, in what is sent ({@link Required} checks it) and in what is answered. */
    @Bean
    ModelConverter required() {
        return new ModelConverter() {
            @Override
            public @Nullable Schema<?> resolve(
                    AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
                Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
                Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
                if (resolved != null
                        && raw.isRecord()
                        && raw.getPackage().equals(OpenApiConfiguration.class.getPackage())) {
                    require(raw, resolved, context);
                }
                return resolved;
            }
        };
    }

    private static void require(Class<?> raw, Schema<?> resolved, ModelConverterContext context) {
        String ref = resolved.get$ref();
        Schema<?> model =
                ref == null ? resolved : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
        if (model != null) {
            model.setRequired(Arrays.stream(raw.getRecordComponents())
                    .filter(Required::is)
                    .map(component -> component.getName())
                    .toList());
        }
    }
}
