import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Messages to phones encrypted on one thread, per second of processor time: with a fresh key for each as beside OpenSSL
 * (src/bench/c/encrypt.c, compiled here), and with prepared ones. The last line is the figure: how many times OpenSSL's
 * speed the fresh ones have.
 *
 * <pre>
 * java -cp 'lib/*:lib/lib/*' Encrypt.java MESSAGES
 * </pre>
 */
final class Encrypt {

    private static final String ROOM = "fr.tambour.phone.internal.";
    private static final int DEVICES = 1_000;
    private static final int ROUNDS = 5;

    /** Of a usual notice, with its links. */
    private static final int BYTES = 512;

    private static final MethodHandle AGREE = method("Encryption", "agree", "PushEndpoint");
    private static final MethodHandle SEAL = method("Encryption", "seal", "Agreement", byte[].class);
    private static final MethodHandle ADD = method("PreparedKeys", "add", "PushEndpoint", "Agreement", int.class);
    private static final MethodHandle TAKE = method("PreparedKeys", "take", "PushEndpoint");

    private final Object encryption;
    private final Object prepared;
    private final List<Object> devices = new ArrayList<>();
    private final byte[] payload = new byte[BYTES];

    private Encrypt() throws ReflectiveOperationException, GeneralSecurityException {
        Method best = type("Algorithms").getDeclaredMethod("best");
        best.setAccessible(true);
        encryption = made("Encryption", best.invoke(null));
        prepared = made("PreparedKeys", DEVICES);
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < DEVICES; i++) {
            byte[] spki = pairs.generateKeyPair().getPublic().getEncoded();
            byte[] secret = new byte[16];
            random.nextBytes(secret);
            devices.add(made(
                    "PushEndpoint",
                    URI.create("https://push.example/" + i),
                    Arrays.copyOfRange(spki, spki.length - 65, spki.length),
                    secret));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("encrypt");
        Path peer = folder.resolve("encrypt");
        try {
            run(
                    "cc",
                    "-O2",
                    "-Wno-deprecated-declarations",
                    "-o",
                    peer.toString(),
                    "src/bench/c/encrypt.c",
                    "-lcrypto");
            Encrypt ours = new Encrypt();
            // Until it is compiled.
            ours.fresh(messages);
            ours.readied(Math.max(1, messages / DEVICES / 2));
            double[] fresh = new double[ROUNDS];
            double[] readied = new double[ROUNDS];
            double[] theirs = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                fresh[round] = ours.fresh(messages);
                theirs[round] =
                        Double.parseDouble(run(peer.toString(), Integer.toString(messages), Integer.toString(BYTES)));
                readied[round] = ours.readied(Math.max(1, messages / DEVICES / 2));
            }
            said(
                    "%.0f messages a second with fresh keys, %.0f by OpenSSL, %.0f with prepared keys%n",
                    fresh, theirs, readied);
            said("%.2f%n", new double[] {median(fresh) / median(theirs)});
        } finally {
            Files.deleteIfExists(peer);
            Files.delete(folder);
        }
    }

    private static void said(String words, double[]... figures) {
        System.out.printf(
                Locale.ROOT, words, Arrays.stream(figures).map(Encrypt::median).toArray());
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double fresh(int messages) {
        return rate(messages, i -> {
            Object device = devices.get(i % DEVICES);
            call(SEAL, encryption, call(AGREE, encryption, device), payload);
        });
    }

    /** @param passes in each of which every device has two prepared and uses them; only the using counts */
    private double readied(int passes) {
        double seconds = 0;
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < 2 * DEVICES; i++) {
                Object device = devices.get(i % DEVICES);
                call(ADD, prepared, device, call(AGREE, encryption, device), 1);
            }
            seconds += 2
                    * DEVICES
                    / rate(2 * DEVICES, i -> {
                        Object device = devices.get(i % DEVICES);
                        Object ready = ((Optional<?>) call(TAKE, prepared, device)).orElseThrow();
                        call(SEAL, encryption, ready, payload);
                    });
        }
        return passes * 2.0 * DEVICES / seconds;
    }

    /** Of this thread's own time, whatever else the machine does. */
    private static double rate(int times, IntConsumer task) {
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            task.accept(i);
        }
        return times * 1e9 / (threads.getCurrentThreadCpuTime() - began);
    }

    /** The last line that a program says. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
            return text.lines().reduce("", (one, other) -> other);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(ROOM + name);
    }

    private static Object made(String name, Object... arguments) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type(name).getDeclaredConstructors()) {
            if (fits(constructor.getParameterTypes(), arguments)) {
                constructor.setAccessible(true);
                return constructor.newInstance(arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static boolean fits(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    /** Its classes are its own: this bench reaches behind the door. */
    private static MethodHandle method(String name, String method, Object... parameters) {
        try {
            Class<?>[] types = new Class<?>[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                types[i] = parameters[i] instanceof Class<?> known ? known : type((String) parameters[i]);
            }
            Method found = type(name).getDeclaredMethod(method, types);
            found.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflect(found);
            return handle.asType(handle.type().generic());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(MethodHandle handle, Object on, Object first) {
        try {
            return handle.invokeExact(on, first);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(MethodHandle handle, Object on, Object first, Object second) {
        try {
            return handle.invokeExact(on, first, second);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(MethodHandle handle, Object on, Object first, Object second, Object third) {
        try {
            return handle.invokeExact(on, first, second, third);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
