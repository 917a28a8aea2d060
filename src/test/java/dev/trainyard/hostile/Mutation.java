package dev.trainyard.hostile;

import dev.trainyard.TestToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One thing in a request that becomes wrong, or at least odd. */
record Mutation(Draft draft, RandomJson json, Dice dice) {

  private static final List<String> AUTHORIZATIONS =
      List.of(
          "",
          "Bearer",
          "Bearer x",
          "Bearer ty_0service_" + "0".repeat(40),
          "bearer " + TestToken.VALUE,
          "Basic YTpi",
          "Bearer a.b.c",
          "Bearer \u00e9");

  void apply() {
    List<Runnable> all =
        new ArrayList<>(List.of(this::oddHeader, this::oddQuery, this::contentType));
    if (!draft.variables.isEmpty()) {
      all.add(this::oddVariable);
      all.add(this::oddVariable);
    }
    if (!draft.query.isEmpty()) {
      all.add(this::spoiltQuery);
      all.add(this::spoiltQuery);
    }
    if (!draft.headers.isEmpty()) {
      all.add(this::spoiltHeader);
    }
    if (draft.body.length > 0) {
      all.add(this::spoiltBytes);
    }
    if (draft.said != null) {
      for (int i = 0; i < 8; i++) {
        all.add(this::spoiltJson);
      }
    }
    if (dice.onceIn(60)) {
      draft.authorization = dice.of(AUTHORIZATIONS);
    } else {
      dice.of(all).run();
    }
  }

  private void oddHeader() {
    String header = dice.of(OddValues.HEADERS);
    if (dice.onceIn(3)) {
      draft.headers.removeIf(it -> name(it).equals(name(header)));
    }
    draft.headers.add(header);
  }

  private void oddQuery() {
    draft.query.add(
        dice.of(
            List.of(
                "no=1",
                "",
                "=",
                "&&",
                "%zz",
                "a=%",
                "%00=%00",
                "a[]=1",
                "project=default",
                "project=none-such",
                "project=",
                "pageSize=2",
                "pageSize=0",
                "pageToken=x",
                "validateOnly=maybe",
                "wait=1",
                Draft.encoded(dice.of(OddValues.TEXTS)) + "=1")));
  }

  private void contentType() {
    draft.type = dice.of(OddValues.CONTENT_TYPES);
    if (draft.body.length == 0 && dice.onceIn(2)) {
      draft.body = dice.of(OddValues.JSON).getBytes(StandardCharsets.UTF_8);
    }
  }

  private void oddVariable() {
    String value = dice.of(OddValues.TEXTS);
    if (!value.isBlank() && !value.equals("..")) { // that would be another path
      draft.variables.put(dice.of(List.copyOf(draft.variables.keySet())), value);
    }
  }

  private void spoiltQuery() {
    int at = dice.below(draft.query.size());
    String pair = draft.query.get(at);
    String name = pair.replaceFirst("=.*", "");
    switch (dice.below(6)) {
      case 0 -> draft.query.add(pair);
      case 1 -> draft.query.add(name + "=" + Draft.encoded(dice.of(OddValues.TEXTS)));
      case 2 -> draft.query.set(at, name);
      default -> draft.query.set(at, name + "=" + Draft.encoded(dice.of(OddValues.TEXTS)));
    }
  }

  private void spoiltHeader() {
    int at = dice.below(draft.headers.size());
    switch (dice.below(5)) {
      case 0 -> draft.headers.remove(at);
      case 1 -> draft.headers.add(draft.headers.get(at));
      default ->
          draft.headers.set(at, name(draft.headers.get(at)) + ": " + dice.of(OddValues.TEXTS));
    }
  }

  private void spoiltJson() {
    String spoilt = json.spoilt(draft.said, dice);
    draft.body =
        spoilt.getBytes(dice.onceIn(20) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private void spoiltBytes() {
    byte[] body = draft.body;
    switch (dice.below(4)) {
      case 0 -> draft.body = new byte[0];
      case 1 -> draft.body = Arrays.copyOf(body, dice.below(body.length + 1));
      case 2 -> draft.body = Arrays.copyOf(body, body.length + 1 + dice.below(9));
      default -> {
        draft.body = body.clone();
        for (int i = 1 + dice.below(4); i > 0; i--) {
          draft.body[dice.below(body.length)] = (byte) dice.below(256);
        }
      }
    }
  }

  private static String name(String header) {
    return header.substring(0, header.indexOf(':'));
  }
}
