package dev.trainyard.dataset.web;

/** Answers as the OpenAPI description shows them. */
final class Examples {

  static final String MAKING =
      "As a form it takes a zip, tar or tar.gz archive with a folder for each class, with CSV rows"
          + " image-path,label, or with TFRecord files; in place of the file, upload names one that"
          + " was received in pieces (/api/v1/uploads). As JSON it takes such an upload, or a"
          + " folder with the same content that the operator has allowed"
          + " (trainyard.dataset.allowed-folders), which is read where it is. With appendTo the"
          + " images are added to those of another dataset. It is converted in the background; poll"
          + " Location until the state is no longer CONVERTING.";

  static final String CONVERTING =
      """
      {"id": "0d2fa1d3-5d0c-4a2e-9f0e-4f8d3c1b7a60", "name": "flowers", "project": "default", "version": 1,
       "state": "CONVERTING", "progress": {"phase": "SCANNING", "imagesDone": 1520, "imagesTotal": 3670,
                    "bytesDone": 95420416, "imagesPerSecond": 812.4, "eta": "PT3S"},
       "source": {"type": "folder", "path": "/srv/images/flowers-2026"}, "classes": [],
       "trainExamples": 0, "validationExamples": 0, "quarantined": 0, "sizeBytes": 0,
       "validationFraction": 0.1, "seed": 1, "createTime": "2026-01-31T12:00:00Z"}
      """;

  static final String READY =
      """
      {"id": "0d2fa1d3-5d0c-4a2e-9f0e-4f8d3c1b7a60", "name": "flowers", "project": "default", "version": 1,
       "state": "READY",
       "classes": [{"label": "daisy", "train": 570, "validation": 63},
                   {"label": "tulips", "train": 719, "validation": 80}],
       "report": {"warnings": [], "largestToSmallest": 1.2622, "copies": 0, "acrossSplit": 0,
                  "conflictingLabels": 0, "leftOut": 0, "reencoded": 13},
       "trainExamples": 1289, "validationExamples": 143, "quarantined": 1,
       "sizeBytes": 87293544,
       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
       "validationFraction": 0.1, "seed": 1,
       "createTime": "2026-01-31T12:00:00Z", "readyTime": "2026-01-31T12:00:04.250Z"}
      """;

  static final String CANCELLED =
      """
      {"id": "0d2fa1d3-5d0c-4a2e-9f0e-4f8d3c1b7a60", "name": "flowers", "project": "default", "version": 1,
       "state": "CANCELLED", "classes": [],
       "trainExamples": 0, "validationExamples": 0, "quarantined": 0, "sizeBytes": 0,
       "validationFraction": 0.1, "seed": 1, "createTime": "2026-01-31T12:00:00Z"}
      """;

  static final String FOLDER =
      """
      {"name": "flowers", "source": {"type": "folder", "path": "flowers-2026"},
       "validationFraction": 0.1}
      """;

  static final String PAGE = "{\"items\": [" + READY + "]}";

  static final String QUARANTINE =
      """
      file,row,reason
      flowers/daisy/broken.jpg,,ends too early: the JPEG is truncated
      train_set.csv,17,the label 'dasy' is not in the labels file
      """;

  private Examples() {}
}
