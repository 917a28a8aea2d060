package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Labels;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.report.ColourStatistics;
import dev.trainyard.tfrecord.TfRecordSalvage;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes over TFRecord files that were made elsewhere. Each is copied once, into the dataset's
 * folder, and the copy is judged: so it does not matter what becomes of the original meanwhile. A
 * file all of whose records stay as they are stays byte for byte; another is written anew.
 */
final class RecordImport {

  private final Archive archive;
  private final Spool spool;
  private final ImageWorkers workers;
  private final Path folder;
  private final Source source;
  private final BadRecords bad;
  private final ConversionProgress progress;
  private final Map<RecordFile, ArchiveEntry> files = new LinkedHashMap<>();
  private final ColourStatistics colours = new ColourStatistics();
  private int largest;

  RecordImport(
      Archive archive,
      Spool spool,
      ImageWorkers workers,
      Path folder,
      Source source,
      BadRecords bad,
      ConversionProgress progress) {
    this.archive = archive;
    this.spool = spool;
    this.workers = workers;
    this.folder = folder;
    this.source = source;
    this.bad = bad;
    this.progress = progress;
  }

  /** Copies the files and judges every record. */
  Harvest read(Contents contents, Layout.Records layout, ScanLevel level, long largestRecord)
      throws Exception {
    largest = (int) Math.min(largestRecord, Integer.MAX_VALUE - Long.BYTES);
    RecordLabels labels = new RecordLabels(labels(contents, layout.labels()));
    for (String name : layout.train()) {
      copy("train", entry(contents, name));
    }
    for (String name : layout.validation()) {
      copy("validation", entry(contents, name));
    }
    long frames = 0;
    for (RecordFile file : files.keySet()) {
      frames += TfRecordSalvage.count(file.copy());
    }
    progress.begin(ConversionPhase.SCANNING, frames);
    RecordScan scan =
        new RecordScan(workers, spool, labels, bad, progress, colours, level, largest);
    for (Map.Entry<RecordFile, ArchiveEntry> file : files.entrySet()) {
      scan.scan(file.getValue(), file.getKey());
    }
    return harvest(labels.labels());
  }

  private @Nullable List<String> labels(Contents contents, @Nullable String name) throws Exception {
    return name == null ? null : Labels.read(archive.open(entry(contents, name).name()), name, bad);
  }

  private static ArchiveEntry entry(Contents contents, String name) {
    return Objects.requireNonNull(contents.find(name), name); // the layout was made of them
  }

  private void copy(String split, ArchiveEntry entry) throws Exception {
    Path copy = folder.resolve("file-" + files.size());
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    try (InputStream in = archive.open(entry.name());
        OutputStream out = Files.newOutputStream(copy)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        progress.requireWanted();
        bytes += n;
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (ArchiveException e) {
      bad.add(new BadRecord(entry.name(), null, String.valueOf(e.getMessage())));
      Files.deleteIfExists(copy);
      return;
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    Manifest.Shard asItCame =
        new Manifest.Shard(String.valueOf(copy.getFileName()), 0, bytes, sha256);
    files.put(new RecordFile(split, copy, asItCame), entry);
  }

  private Harvest harvest(List<String> own) {
    List<String> all = source.base().isNone() ? own : Labels.extended(source.base().labels(), own);
    Map<String, Integer> index = new HashMap<>();
    all.forEach(label -> index.put(label, index.size()));
    int[] numbers = own.stream().mapToInt(label -> index.getOrDefault(label, 0)).toArray();
    int listed = 0;
    List<Inspection.Usable> toTrain = new ArrayList<>();
    List<Inspection.Usable> toValidate = new ArrayList<>();
    for (RecordFile file : files.keySet()) {
      file.label(numbers);
      listed += file.frames();
      (file.split().equals("train") ? toTrain : toValidate).addAll(file.records());
    }
    return new Harvest(all, listed, toTrain, toValidate);
  }

  /** Of all that was judged. */
  ColourStatistics colours() {
    return colours;
  }

  /** Makes shards of the files; they have no names yet. */
  RecordShards write(RecordFates fates, List<String> labels, long shardSize) throws Exception {
    RecordShards shards = new RecordShards(folder, spool, largest, progress);
    shards.write(files.keySet(), fates, labels, shardSize);
    return shards;
  }
}
