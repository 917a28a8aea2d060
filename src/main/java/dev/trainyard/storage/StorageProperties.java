package dev.trainyard.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the service keeps everything.
 *
 * @param dataDir the data folder; made when it is not there
 * @param shared several processes may work on the folder at the same time
 */
@ConfigurationProperties("trainyard")
public record StorageProperties(
    @DefaultValue("./data") Path dataDir, @DefaultValue("false") boolean shared) {}
