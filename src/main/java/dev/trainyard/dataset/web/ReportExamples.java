package dev.trainyard.dataset.web;

/** Reports as the OpenAPI description shows them. */
final class ReportExamples {

  static final String REPORT =
      """
      {"format": 1,
       "warnings": ["2 validation images are in training too: the validation accuracy will flatter. duplicates=drop leaves such images out when they are added."],
       "scan": "FULL", "images": 1432,
       "classes": [{"label": "daisy", "train": 570, "validation": 63, "share": 0.442},
                   {"label": "tulips", "train": 719, "validation": 80, "share": 0.558}],
       "balance": {"largestToSmallest": 1.2622, "normalizedEntropy": 0.9902},
       "width": {"min": 159, "max": 1024, "mean": 327.4,
                 "buckets": [{"from": 128, "to": 192, "images": 12}, {"from": 192, "to": 256, "images": 220},
                             {"from": 256, "to": 384, "images": 1193}, {"from": 1024, "to": 1536, "images": 7}]},
       "height": {"min": 240, "max": 240, "mean": 240, "buckets": [{"from": 192, "to": 256, "images": 1432}]},
       "aspectRatio": {"min": 0.66, "max": 1.33, "mean": 1.28,
                       "buckets": [{"from": 0.65, "to": 0.8, "images": 12}, {"from": 1.25, "to": 1.55, "images": 1420}]},
       "fileBytes": {"min": 8120, "max": 190554, "mean": 41873.2,
                     "buckets": [{"from": 4096, "to": 8192, "images": 3}, {"from": 8192, "to": 16384, "images": 1429}]},
       "formats": {"JPEG": 1428, "PNG": 4}, "channels": {"1": 3, "3": 1428, "4": 1},
       "orientations": {"6": 9}, "reencoded": 13, "withTrailingBytes": 0,
       "colour": {"images": 1432, "mean": [0.4571, 0.4121, 0.2995],
                  "standardDeviation": [0.2661, 0.2411, 0.2734]},
       "duplicates": {"groups": 2, "copies": 2,
         "acrossSplit": {"groups": 2, "images": 2, "examples": [
           {"fingerprint": "0c1f6e2a55b4719de0a94a1b3c8f7d26", "images": [
             {"file": "daisy/1.jpg", "label": "daisy", "split": "train"},
             {"file": "daisy/1 copy.jpg", "label": "daisy", "split": "validation"}]}]},
         "conflictingLabels": {"groups": 0, "images": 0, "examples": []},
         "leftOut": 0},
       "quarantine": [{"reason": "ends too early: the JPEG is truncated", "records": 1}]}
      """;

  static final String DUPLICATES =
      """
      group,file,label,split
      0c1f6e2a55b4719de0a94a1b3c8f7d26,daisy/1.jpg,daisy,train
      0c1f6e2a55b4719de0a94a1b3c8f7d26,daisy/1 copy.jpg,daisy,validation
      """;

  private ReportExamples() {}
}
