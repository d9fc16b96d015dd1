package io.stemline.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The least that the stack takes for a service: it says that it is healthy, and shows the settings it was given. */
final class ToyService {

    private ToyService() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        var server = HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"), port), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/settings", exchange -> {
            byte[] settings = new TreeMap<>(System.getenv()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, settings.length);
            exchange.getResponseBody().write(settings);
            exchange.close();
        });
        server.start();
    }

    /** A service that gives up at once. */
    static final class Broken {

        private Broken() {}

        public static void main(String[] arguments) {
            System.out.println("the table 'track' is missing");
            System.exit(3);
        }
    }

    /** Puts a service where the stack looks for the built one. */
    static void install(Path home, String name, Class<?> main) throws IOException {
        Path folder = Files.createDirectories(home.resolve(Path.of(name, "target", "quarkus-app")));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("quarkus-run.jar")), manifest);
                InputStream bytecode = main.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            bytecode.transferTo(jar);
        }
    }

    static void installAll(Path home) throws IOException {
        for (String name :
                new String[] {"ingest-service", "separator-service", "evaluator-service", "trainer-service"}) {
            install(home, name, ToyService.class);
        }
    }
}
