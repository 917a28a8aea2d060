package dev.trainyard.security.key.web;

/** Of the OpenAPI document. */
final class KeyExamples {

  static final String WISH =
      """
      {"name": "nightly", "scope": "submit", "projects": ["vision"], "expireTime": "2027-01-01T00:00:00Z"}""";

  static final String KEY =
      """
      {"id": "5f0c92ab", "name": "nightly", "scope": "submit", "projects": ["vision"],
       "createdBy": "local", "createTime": "2026-11-26T08:00:00Z",
       "expireTime": "2027-01-01T00:00:00Z", "lastUsedTime": "2026-11-26T09:12:00Z"}""";

  static final String KEYS = "{\"keys\": [" + KEY + "]}";

  static final String NEW_KEY =
      """
      {"key": {"id": "5f0c92ab", "name": "nightly", "scope": "submit", "projects": ["vision"],
       "createdBy": "local", "createTime": "2026-11-26T08:00:00Z", "expireTime": "2027-01-01T00:00:00Z"},
       "secret": "ty_5f0c92ab_0000000000000000000000000000000000000000"}""";

  static final String ROTATION = "{\"gracePeriod\": \"PT1H\"}";

  private KeyExamples() {}
}
