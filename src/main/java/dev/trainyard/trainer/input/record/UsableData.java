package dev.trainyard.trainer.input.record;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.checkpoint.DurableFiles;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dataset without the records that cannot be used.
 *
 * <p>When a job tolerates bad records, its first attempt tests every record before the first step,
 * and keeps copies of the damaged shards without them. All attempts then train on the same records
 * with the same numbers, so that a resumed run equals one that was never interrupted; leaving out
 * records as training meets them would shift the numbers of those that follow.
 *
 * @param data what is left, with its counts
 * @param warnings for people: what was left out and why
 */
public record UsableData(TrainingPlan.Data data, List<String> warnings) {

  private static final String FINDINGS = "findings.json";
  private static final int NAMED_ONE_BY_ONE = 20;

  /** What the first attempt found, train shards first. */
  record Stored(List<ShardScan.Findings> shards) {}

  /**
   * @throws BadRecordException when more records are bad than the job tolerates
   */
  public static UsableData of(TrainingPlan plan) throws IOException {
    int tolerated = plan.spec().input().maxBadRecords();
    if (tolerated == 0) {
      return new UsableData(plan.data(), List.of());
    }
    Path folder = plan.checkpoints().resolveSibling("input");
    if (Files.exists(folder)) {
      return new UsableData(usable(plan.data(), stored(folder), folder), List.of());
    }
    DatasetScan scan = new DatasetScan(plan.data(), tolerated);
    Stored stored = new Stored(scan.run());
    publish(plan, stored, folder);
    List<BadRecord> bad = bad(stored);
    return new UsableData(
        usable(plan.data(), stored, folder), warnings(bad, folder.resolve(FINDINGS)));
  }

  private static Stored stored(Path folder) throws IOException {
    return SpecJson.MAPPER.readValue(Files.readAllBytes(folder.resolve(FINDINGS)), Stored.class);
  }

  private static List<BadRecord> bad(Stored stored) {
    return stored.shards().stream().flatMap(findings -> findings.bad().stream()).toList();
  }

  private static void publish(TrainingPlan plan, Stored stored, Path folder) throws IOException {
    Path aside = folder.resolveSibling(".tmp-" + plan.attempt() + "-" + folder.getFileName());
    DurableFiles.deleteTree(aside);
    DurableFiles.create(aside);
    List<Path> shards = shards(plan.data());
    for (int i = 0; i < shards.size(); i++) {
      List<BadRecord> bad = stored.shards().get(i).bad();
      if (!bad.isEmpty()) {
        ShardScan.copyWithout(bad, shards.get(i), aside.resolve(copy(i)));
      }
    }
    Files.write(aside.resolve(FINDINGS), SpecJson.MAPPER.writeValueAsBytes(stored));
    try {
      DurableFiles.publish(aside, folder);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherAttempt) {
      DurableFiles.deleteTree(aside); // which found the same
    }
  }

  private static TrainingPlan.Data usable(TrainingPlan.Data data, Stored stored, Path folder) {
    List<Path> shards = new ArrayList<>(shards(data));
    long[] good = stored.shards().stream().mapToLong(ShardScan.Findings::good).toArray();
    for (int i = 0; i < shards.size(); i++) {
      if (!stored.shards().get(i).bad().isEmpty()) {
        shards.set(i, folder.resolve(copy(i)));
      }
    }
    int train = data.trainShards().size();
    long trainExamples = 0;
    long validationExamples = 0;
    for (int i = 0; i < good.length; i++) {
      if (i < train) {
        trainExamples += good[i];
      } else {
        validationExamples += good[i];
      }
    }
    if (trainExamples == 0 || validationExamples == 0 && data.validationExamples() > 0) {
      throw new BadRecordException("No record of a split can be used. Convert the dataset again.");
    }
    return new TrainingPlan.Data(
        List.copyOf(shards.subList(0, train)),
        List.copyOf(shards.subList(train, shards.size())),
        data.labels(),
        trainExamples,
        validationExamples);
  }

  private static List<String> warnings(List<BadRecord> bad, Path findings) {
    List<String> warnings = new ArrayList<>();
    bad.stream()
        .limit(NAMED_ONE_BY_ONE)
        .forEach(record -> warnings.add(record.description() + ". It is left out."));
    if (bad.size() > NAMED_ONE_BY_ONE) {
      warnings.add(
          "%d records are left out in all; %s lists them."
              .formatted(bad.size(), findings.getFileName()));
    }
    return List.copyOf(warnings);
  }

  static List<Path> shards(TrainingPlan.Data data) {
    return Stream.concat(data.trainShards().stream(), data.validationShards().stream()).toList();
  }

  private static String copy(int shard) {
    return "shard-" + shard;
  }
}
