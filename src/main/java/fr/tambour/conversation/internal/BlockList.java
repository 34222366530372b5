package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.town.HostName;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of whom to keep out: of servers, as Mastodon's administrators exchange it; of accounts, as somebody exports those that they
 * have blocked; or a mere list of either, one a line.
 */
public final class BlockList {

    private static final Logger LOG = LoggerFactory.getLogger(BlockList.class);

    /** What stands first; some leave the signs out. */
    private static final List<String> HEADER =
            List.of("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate");

    private static final String DOMAIN = "domain";
    private static final String SEVERITY = "severity";
    private static final String COMMENT = "public_comment";

    /** The one severity that is a block here. */
    private static final String SUSPEND = "suspend";

    /** Lines; the longest that people exchange have some thousands. */
    static final int MOST_LINES = 20_000;

    private static final Map<String, Integer> NAMES_ALONE = Map.of(DOMAIN, 0);

    /** What may stand first where there is one column, of accounts. */
    private static final String ACCOUNTS = "account address";

    private static final Pattern ACCOUNT = Pattern.compile("(?i)^(?:acct:)?@?([\\p{L}\\p{N}_.-]{1,100})@([^@]+)$");

    /** What a spreadsheet would take for a formula begins with one of these. */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\s]+");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BlockList() {}

    /**
     * @param scope whether it has servers or accounts
     * @param names of servers, or {@code alice@other.example}; with what is said about each
     * @param milder how many were left out because they ask for less than a block (silence, noop)
     * @param unreadable how many were left out because there is no such name, or a part of it is starred out
     */
    public record Read(Scope scope, Map<String, String> names, int milder, int unreadable) {

        public Read {
            names = new LinkedHashMap<>(names);
        }
    }

    /** It is no such list. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        private final String code;
        private final long number;

        Unreadable(String code, long number) {
            super(code + " " + number);
            this.code = code;
            this.number = number;
        }

        /** {@code conversation.list-unreadable}, {@code conversation.list-too-long}, {@code conversation.list-empty}. */
        public String code() {
            return code;
        }

        /** Of the line that cannot be read, or of the lines that may be read. */
        public long number() {
            return number;
        }
    }

    /** A comment may stand before the names of the columns; where these are not told, a line is a name and nothing more. */
    public static Read read(byte[] file) throws Unreadable {
        String text = new String(file, StandardCharsets.UTF_8);
        long line = 1;
        try (CSVParser lines = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get()
                .parse(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text))) {
            Map<String, Integer> columns = null;
            Map<String, String> names = new LinkedHashMap<>();
            Scope scope = null;
            int milder = 0;
            int unreadable = 0;
            for (CSVRecord record : lines) {
                if (record.getRecordNumber() > MOST_LINES) {
                    throw new Unreadable("conversation.list-too-long", MOST_LINES);
                } else if (columns == null && names.isEmpty() && isHeader(record)) {
                    columns = columns(record);
                    scope = Scope.HOST;
                } else if (scope == null && isOfAccounts(record)) {
                    scope = Scope.ADDRESS;
                } else if (columns == null && record.size() > 1 && !isComment(record)) {
                    throw unreadable(line);
                } else if (!isComment(record) && !isBlank(record)) {
                    Map<String, Integer> known = columns == null ? NAMES_ALONE : columns;
                    if (scope == null) {
                        scope = address(record.get(0)).isEmpty() ? Scope.HOST : Scope.ADDRESS;
                    }
                    String said = value(record, known, DOMAIN);
                    String name = scope == Scope.ADDRESS ? address(said) : name(said);
                    if (isMilder(record, known)) {
                        milder++;
                    } else if (name.isEmpty()) {
                        unreadable++;
                    } else {
                        names.putIfAbsent(name, value(record, known, COMMENT));
                    }
                }
                line = lines.getCurrentLineNumber() + 1;
            }
            if (scope == null || names.isEmpty() && milder == 0) {
                throw new Unreadable("conversation.list-empty", unreadable);
            }
            return new Read(scope, names, milder, unreadable);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            LOG.debug("A list of whom to block cannot be read", e);
            throw unreadable(line);
        }
    }

    private static Unreadable unreadable(long line) {
        return new Unreadable("conversation.list-unreadable", line);
    }

    private static boolean isHeader(CSVRecord record) {
        return record.stream().map(BlockList::column).anyMatch(DOMAIN::equals);
    }

    private static boolean isOfAccounts(CSVRecord record) {
        return record.size() == 1 && column(record.get(0)).equals(ACCOUNTS);
    }

    private static boolean isComment(CSVRecord record) {
        return record.get(0).strip().startsWith("#");
    }

    private static boolean isBlank(CSVRecord record) {
        return record.stream().allMatch(String::isBlank);
    }

    private static String column(String title) {
        return title.strip().toLowerCase(Locale.ROOT).replaceFirst("^#", "");
    }

    private static Map<String, Integer> columns(CSVRecord header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(column(header.get(i)), i);
        }
        return columns;
    }

    private static boolean isMilder(CSVRecord record, Map<String, Integer> columns) {
        String severity = value(record, columns, SEVERITY).toLowerCase(Locale.ROOT);
        return columns.containsKey(SEVERITY) && !severity.equals(SUSPEND);
    }

    private static String value(CSVRecord record, Map<String, Integer> columns, String column) {
        Integer at = columns.get(column);
        return at == null || at >= record.size() ? "" : record.get(at).strip();
    }

    /** Empty where it is none: a whole top-level domain is no server. */
    static String name(String domain) {
        return HostName.typed(domain)
                .filter(name -> name.contains(".") && !HostName.isLoopback(name))
                .orElse("");
    }

    /** {@code alice@other.example}, in small letters; empty where it is none. */
    static String address(String account) {
        Matcher parts = ACCOUNT.matcher(account.strip());
        String server = parts.matches() ? name(parts.group(2)) : "";
        return server.isEmpty() ? "" : parts.group(1).toLowerCase(Locale.ROOT) + "@" + server;
    }

    /** One line that nothing takes for a formula: whoever wrote it is a stranger, and a spreadsheet may open it. */
    static String plain(String comment) {
        return FORMULA.matcher(comment.replaceAll("[\\s\\p{Cntrl}]+", " ")).replaceFirst("");
    }

    public static byte[] written(List<Block> servers) {
        // The printer would put the first of these in quotes.
        StringBuilder text = new StringBuilder(String.join(",", HEADER)).append("\r\n");
        try (CSVPrinter lines = new CSVPrinter(text, CSVFormat.RFC4180)) {
            for (Block server : servers) {
                lines.printRecord(server.name(), SUSPEND, "true", "true", plain(server.remark()), "false");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
