package dev.trainyard.model.card;

import static dev.trainyard.model.card.Markdown.code;
import static dev.trainyard.model.card.Markdown.escape;

import dev.trainyard.model.ImportedModel;
import java.util.List;

/** Where a version came from that was not trained here; more was not told. */
record ImportSection(Markdown card, ImportedModel imported) {

  void write() {
    card.heading(2, "Origin");
    card.block(
        "It was imported: its training data, its training and how it was evaluated are not known here.");
    card.table(
        List.of("Fact", "Value"),
        List.of(
            List.of("Source, as its importer said", escape(imported.source())),
            List.of("SHA-256 of the archive", code(imported.archiveSha256()))));
  }
}
