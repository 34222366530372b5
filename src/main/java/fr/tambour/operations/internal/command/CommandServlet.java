package fr.tambour.operations.internal.command;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes commands on the local port from whoever can read the data folder. */
class CommandServlet extends HttpServlet {

    static final String PATH = "/commands";
    static final String BEARER = "Bearer ";

    private static final int LONGEST_REQUEST = 64 * 1024;

    private final transient OpenDoor door;
    private final transient CommandRunner runner;

    CommandServlet(OpenDoor door, CommandRunner runner) {
        this.door = door;
        this.runner = runner;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String shown = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        if (!shown.startsWith(BEARER) || !door.admits(shown.substring(BEARER.length()))) {
            response.sendError(HttpStatus.UNAUTHORIZED.value());
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_REQUEST + 1);
        if (body.length > LONGEST_REQUEST) {
            response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
            return;
        }
        CommandRequest command;
        try {
            command = JsonMapper.shared().readValue(body, CommandRequest.class);
        } catch (JacksonException e) {
            response.sendError(HttpStatus.BAD_REQUEST.value());
            return;
        }
        response.setContentType("application/octet-stream");
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(response.getOutputStream(), 1 << 16));
        FrameConsole console = new FrameConsole(out, Locale.forLanguageTag(command.language()), command.secret());
        console.exit(runner.run(command.arguments(), console));
        out.flush();
    }
}
