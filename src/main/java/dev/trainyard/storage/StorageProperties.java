package dev.trainyard.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the service keeps everything.
 *
 * @param dataDir the data folder; made when it is not there
 * @param shared several processes may work on the folder at the same time
 * @param minFreeSpace with less on its disk nothing large is begun: what is left is for the
 *     database and for the checkpoints of jobs that run
 */
@ConfigurationProperties("trainyard")
public record StorageProperties(
    @DefaultValue("./data") Path dataDir,
    @DefaultValue("false") boolean shared,
    @DefaultValue("500MB") DataSize minFreeSpace) {}
