package dev.trainyard.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the service keeps everything.
 *
 * @param dataDir the data folder; made when it is not there
 */
@ConfigurationProperties("trainyard")
public record StorageProperties(@DefaultValue("./data") Path dataDir) {}
