package fr.tambour;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Tambour. */
@SpringBootApplication
public class TambourApplication {

    public static void main(String[] args) {
        SpringApplication.run(TambourApplication.class, args);
    }
}
