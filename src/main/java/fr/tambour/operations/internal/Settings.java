package fr.tambour.operations.internal;

import fr.tambour.operations.OperationsSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds this room's settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsSettings.class)
class Settings {}
