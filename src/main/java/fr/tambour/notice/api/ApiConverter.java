package fr.tambour.notice.api;

import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads and writes this package's records, and nothing else, as {@link ApiJson} does. */
@Component
class ApiConverter extends AbstractHttpMessageConverter<Record> implements WebMvcConfigurer {

    private final ApiJson json;

    ApiConverter(ApiJson json) {
        super(MediaType.APPLICATION_JSON);
        this.json = json;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(this);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.isRecord() && type.getPackage().equals(ApiConverter.class.getPackage());
    }

    @Override
    protected Record readInternal(Class<? extends Record> type, HttpInputMessage message) throws IOException {
        if (message.getHeaders().getContentLength() > ApiJson.MOST_BYTES) {
            throw tooLarge();
        }
        byte[] body = message.getBody().readNBytes(ApiJson.MOST_BYTES + 1);
        if (body.length > ApiJson.MOST_BYTES) {
            throw tooLarge();
        }
        if (body.length == 0) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.body-missing");
        }
        return type.cast(json.read(body, type));
    }

    private static ApiRefusal tooLarge() {
        return new ApiRefusal(HttpStatus.CONTENT_TOO_LARGE, "api.too-large", ApiJson.MOST_BYTES / 1_000);
    }

    @Override
    protected void writeInternal(Record value, HttpOutputMessage message) throws IOException {
        message.getBody().write(json.write(value));
    }
}
