package fr.tambour.notice.api;

import fr.tambour.notice.DeskQueries;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * How the answer with one page of a list leads to the next.
 *
 * @param address with the same filters; null on the last page
 * @param cursor in that address
 */
record NextPage(@Nullable String address, @Nullable String cursor) {

    static final String ADDRESS =
            "The next page, with the same filters; also a Link header field (RFC 8288). Absent on the last page.";

    static final String CURSOR = "The cursor in `next`, for clients that build the address themselves.";

    static NextPage after(DeskQueries.Page<?> page, HttpServletRequest request) {
        return new NextPage(
                page.next().map(cursor -> Query.with(request, "cursor", cursor)).orElse(null),
                page.next().orElse(null));
    }

    <T> ResponseEntity<T> answer(T page) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (address != null) {
            response.header(HttpHeaders.LINK, "<" + address + ">; rel=\"next\"");
        }
        return response.body(page);
    }
}
