package dev.trainyard.dataset;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is made of, when that is not an upload of its own.
 *
 * @param upload that was received in pieces
 * @param folder of the operator, without links
 * @param base id of the dataset that is added to
 * @param baseVersion its version
 */
@Embeddable
record DatasetSource(
    @Nullable String upload,
    @Nullable String folder,
    @Nullable String base,
    @Nullable Integer baseVersion) {

  static final DatasetSource FILE = new DatasetSource(null, null, null, null);

  static DatasetSource ofUpload(String id) {
    return new DatasetSource(id, null, null, null);
  }

  static DatasetSource ofFolder(String path) {
    return new DatasetSource(null, path, null, null);
  }

  DatasetSource addingTo(Dataset dataset) {
    return new DatasetSource(upload, folder, dataset.id(), dataset.version());
  }
}
