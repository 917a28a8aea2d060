package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.ConversionPhase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far a conversion is; written by its worker without the dataset's lock. */
@Embeddable
class DatasetProgress {

  @Enumerated(EnumType.STRING)
  private @Nullable ConversionPhase phase;

  private long imagesDone;
  private long imagesTotal;
  private long bytesDone;
  private @Nullable Double imagesPerSecond;
  private @Nullable Double etaSeconds;

  DatasetView.Progress view() {
    return new DatasetView.Progress(
        phase == null ? ConversionPhase.LISTING : phase,
        imagesDone,
        imagesTotal,
        bytesDone,
        imagesPerSecond == null ? null : Math.round(imagesPerSecond * 10) / 10.0,
        etaSeconds == null ? null : Duration.ofSeconds(Math.round(etaSeconds)));
  }
}
